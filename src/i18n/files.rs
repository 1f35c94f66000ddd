//! Words of files beside messages.

use super::Lang;

pub struct FileTexts {
    pub label: &'static str,
    /// `{n}` is a number of files, `{size}` the size of each.
    pub hint: &'static str,
    /// Heads the files that an earlier try left.
    pub kept: &'static str,
    pub remove: &'static str,
    /// Heads the files under a message, for those who hear the page.
    pub attached: &'static str,
    /// In the list of problems, `{name}` is a file's name.
    pub too_large: &'static str,
    pub too_many: &'static str,
    pub no_room: &'static str,
    pub kind: &'static str,
    pub damaged: &'static str,
    pub broken_pdf: &'static str,
    pub empty: &'static str,
    pub heic: &'static str,
    pub winmail: &'static str,
    pub encrypted: &'static str,
    /// Under a message that came by email: `{files}` are names with reasons.
    pub not_kept: &'static str,
    pub gone: &'static str,
    /// In place of a name that is empty.
    pub nameless: &'static str,
    /// What follows is shown where a script takes the files: the control in the page's language, and what stands under it.
    pub choose: &'static str,
    pub drop_here: &'static str,
    /// Names the bar of a file that is under way.
    pub sending: &'static str,
    /// Said to those who hear the page.
    pub received: &'static str,
    pub removed: &'static str,
    /// The form was sent while files were still under way.
    pub wait: &'static str,
    /// The connection broke while `{name}` was under way.
    pub lost: &'static str,
    /// The form could not be sent at all.
    pub offline: &'static str,
}

impl Lang {
    pub fn files(self) -> &'static FileTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }

    /// A size as people read it: `340 kB`, `1,5 MB`. A decimal point in Spanish, as browsers write numbers in `es-419`.
    pub fn bytes(self, bytes: i64) -> String {
        const KB: i64 = 1024;
        match bytes {
            ..KB => format!("{bytes} B"),
            _ if bytes < 1000 * KB => format!("{} kB", (bytes + KB / 2) / KB),
            _ => {
                let tenths = (bytes * 10 + KB * KB / 2) / (KB * KB);
                let point = if self == Self::Pt { ',' } else { '.' };
                if tenths % 10 == 0 { format!("{} MB", tenths / 10) } else { format!("{}{point}{} MB", tenths / 10, tenths % 10) }
            }
        }
    }
}

const PT: FileTexts = FileTexts {
    label: "Prints e arquivos",
    hint: "Até {n} arquivos de {size} cada: imagens (PNG, JPEG, WebP, GIF), PDF ou texto. Por privacidade, removemos das imagens a localização e outros dados ocultos.",
    kept: "Já recebidos: não precisa enviar de novo",
    remove: "Remover",
    attached: "Arquivos",
    too_large: "{name} passa de {size}. Envie uma versão menor.",
    too_many: "{name} não foi anexado: o limite é de {n} arquivos por mensagem.",
    no_room: "Não conseguimos receber {name} agora. Tente de novo mais tarde ou envie a mensagem sem ele.",
    kind: "{name} não é de um tipo aceito. Use uma imagem (PNG, JPEG, WebP, GIF), um PDF ou um texto.",
    damaged: "Não conseguimos abrir a imagem {name}: ela está danificada ou é grande demais. Tire um novo print.",
    broken_pdf: "Não conseguimos abrir o PDF {name}: ele está danificado ou incompleto. Salve o PDF de novo ou envie um print.",
    empty: "{name} está vazio. Confira o arquivo e anexe de novo.",
    heic: "{name} é uma foto no formato HEIC, que não abre em todo lugar. Envie um print da foto, ou escolha “Mais compatível” em Ajustes > Câmera > Formatos e tire outra.",
    winmail: "{name} é um pacote que só o Outlook abre. Anexe os arquivos que estão dentro dele.",
    encrypted: "{name} está criptografado. Envie sem criptografia.",
    not_kept: "Não foram salvos: {files}.",
    gone: "Um arquivo enviado antes expirou. Anexe de novo.",
    nameless: "O arquivo",
    choose: "Escolher arquivos",
    drop_here: "Você também pode arrastar arquivos para cá ou colar um print.",
    sending: "Enviando",
    received: "{name} foi recebido.",
    removed: "{name} foi removido.",
    wait: "Sua mensagem será enviada assim que os arquivos terminarem de carregar.",
    lost: "A conexão caiu antes de {name} chegar. Quando você enviar a mensagem, tentamos de novo.",
    offline: "Sem conexão com o nosso site. Nada se perdeu: confira sua internet e envie de novo.",
};

const ES: FileTexts = FileTexts {
    label: "Capturas y archivos",
    hint: "Hasta {n} archivos de {size} cada uno: imágenes (PNG, JPEG, WebP, GIF), PDF o texto. Por privacidad, eliminamos de las imágenes la ubicación y otros datos ocultos.",
    kept: "Ya recibidos: no hace falta enviarlos otra vez",
    remove: "Eliminar",
    attached: "Archivos",
    too_large: "{name} supera {size}. Envía una versión más pequeña.",
    too_many: "{name} no se adjuntó: el límite es de {n} archivos por mensaje.",
    no_room: "No podemos recibir {name} ahora. Inténtalo más tarde o envía el mensaje sin él.",
    kind: "{name} no es de un tipo admitido. Usa una imagen (PNG, JPEG, WebP, GIF), un PDF o un texto.",
    damaged: "No pudimos abrir la imagen {name}: está dañada o es demasiado grande. Toma otra captura.",
    broken_pdf: "No pudimos abrir el PDF {name}: está dañado o incompleto. Guarda el PDF otra vez o envía una captura.",
    empty: "{name} está vacío. Revisa el archivo y adjúntalo otra vez.",
    heic: "{name} es una foto en formato HEIC, que no se abre en todas partes. Envía una captura de la foto, o elige “Más compatible” en Ajustes > Cámara > Formatos y toma otra.",
    winmail: "{name} es un paquete que solo Outlook abre. Adjunta los archivos que contiene.",
    encrypted: "{name} está cifrado. Envíalo sin cifrado.",
    not_kept: "No se guardaron: {files}.",
    gone: "Un archivo que agregaste antes ya venció. Adjúntalo de nuevo.",
    nameless: "El archivo",
    choose: "Elegir archivos",
    drop_here: "También puedes arrastrar archivos hasta aquí o pegar una captura.",
    sending: "Enviando",
    received: "{name} se recibió.",
    removed: "{name} se eliminó.",
    wait: "Tu mensaje se enviará en cuanto terminen de cargarse los archivos.",
    lost: "La conexión se cortó antes de que llegara {name}. Lo intentaremos otra vez cuando envíes el mensaje.",
    offline: "No hay conexión con nuestro sitio. No se perdió nada: revisa tu internet y envía de nuevo.",
};

const EN: FileTexts = FileTexts {
    label: "Screenshots and files",
    hint: "Up to {n} files of {size} each: images (PNG, JPEG, WebP, GIF), PDF or text. For your privacy, we remove location and other hidden data from images.",
    kept: "Already received: no need to send them again",
    remove: "Remove",
    attached: "Files",
    too_large: "{name} is larger than {size}. Send a smaller version.",
    too_many: "{name} wasn't added. You can attach up to {n} files per message.",
    no_room: "We can't upload {name} right now. Try again later, or send your message without it.",
    kind: "{name} isn't a supported file type. Use an image (PNG, JPEG, WebP, GIF), a PDF or a text file.",
    damaged: "We couldn't open {name}. It may be damaged or too large. Take a new screenshot.",
    broken_pdf: "We couldn't open the PDF {name}. It's damaged or incomplete. Save the PDF again, or send a screenshot.",
    empty: "{name} is empty. Check the file and add it again.",
    heic: "{name} is a HEIC photo, which doesn't open everywhere. Send a screenshot of the photo, or choose “Most Compatible” in Settings > Camera > Formats and take another one.",
    winmail: "{name} is a package that only Outlook can open. Add the files inside it instead.",
    encrypted: "{name} is encrypted. Send it without encryption.",
    not_kept: "Not saved: {files}.",
    gone: "A file you added earlier has expired. Add it again.",
    nameless: "The file",
    choose: "Choose files",
    drop_here: "You can also drop files here or paste a screenshot.",
    sending: "Uploading",
    received: "{name} uploaded.",
    removed: "{name} was removed.",
    wait: "We'll send your message as soon as your files finish uploading.",
    lost: "We lost the connection while uploading {name}. We'll try again when you send your message.",
    offline: "We can't reach our site. Nothing is lost. Check your internet connection and try again.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_at_a_glance() {
        assert_eq!(Lang::En.bytes(900), "900 B");
        assert_eq!(Lang::En.bytes(348_160), "340 kB");
        assert_eq!(Lang::Pt.bytes(1_572_864), "1,5 MB");
        assert_eq!(Lang::Es.bytes(1_572_864), "1.5 MB");
        assert_eq!(Lang::Es.bytes(10 * 1024 * 1024), "10 MB");
    }
}
