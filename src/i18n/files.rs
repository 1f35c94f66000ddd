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
    pub gone: &'static str,
    /// In place of a name that is empty.
    pub nameless: &'static str,
    /// What follows is shown where a script takes the files: under the control.
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

    /// A size as people read it: `340 kB`, `1,5 MB`.
    pub fn bytes(self, bytes: i64) -> String {
        const KB: i64 = 1024;
        match bytes {
            ..KB => format!("{bytes} B"),
            _ if bytes < 1000 * KB => format!("{} kB", (bytes + KB / 2) / KB),
            _ => {
                let tenths = (bytes * 10 + KB * KB / 2) / (KB * KB);
                let point = if self == Self::En { '.' } else { ',' };
                if tenths % 10 == 0 { format!("{} MB", tenths / 10) } else { format!("{}{point}{} MB", tenths / 10, tenths % 10) }
            }
        }
    }
}

const PT: FileTexts = FileTexts {
    label: "Prints e arquivos",
    hint: "Até {n} arquivos de {size} cada: imagens (PNG, JPEG, WebP, GIF), PDF ou texto. Tiramos das imagens o local e outros dados escondidos.",
    kept: "Já recebidos: não precisa enviar de novo",
    remove: "Remover",
    attached: "Arquivos",
    too_large: "{name} passa de {size}. Envie uma versão menor.",
    too_many: "{name} não coube: são até {n} arquivos por mensagem.",
    no_room: "Não conseguimos receber {name} agora, porque há muitos arquivos chegando. Tente de novo mais tarde ou envie sem ele.",
    kind: "{name} não pode ser enviado. Aceitamos imagens (PNG, JPEG, WebP, GIF), PDF e texto.",
    damaged: "Não conseguimos abrir a imagem {name}: ela está danificada ou é grande demais. Tire um novo print.",
    gone: "Um arquivo enviado antes não está mais guardado. Escolha-o de novo.",
    nameless: "O arquivo",
    drop_here: "Você também pode arrastar arquivos para cá ou colar um print.",
    sending: "Enviando",
    received: "{name} foi recebido.",
    removed: "{name} foi removido.",
    wait: "Sua mensagem vai assim que os arquivos terminarem de chegar.",
    lost: "A conexão caiu antes de {name} chegar. Quando você enviar a mensagem, tentamos de novo.",
    offline: "Sem conexão com o nosso site. Nada se perdeu: confira sua internet e envie de novo.",
};

const ES: FileTexts = FileTexts {
    label: "Capturas y archivos",
    hint: "Hasta {n} archivos de {size} cada uno: imágenes (PNG, JPEG, WebP, GIF), PDF o texto. Quitamos de las imágenes la ubicación y otros datos ocultos.",
    kept: "Ya recibidos: no hace falta enviarlos otra vez",
    remove: "Quitar",
    attached: "Archivos",
    too_large: "{name} supera {size}. Envía una versión más pequeña.",
    too_many: "{name} no cupo: son hasta {n} archivos por mensaje.",
    no_room: "No podemos recibir {name} ahora, porque están llegando muchos archivos. Inténtalo más tarde o envía el mensaje sin él.",
    kind: "{name} no se puede enviar. Aceptamos imágenes (PNG, JPEG, WebP, GIF), PDF y texto.",
    damaged: "No pudimos abrir la imagen {name}: está dañada o es demasiado grande. Haz otra captura.",
    gone: "Un archivo que enviaste antes ya no está guardado. Elígelo de nuevo.",
    nameless: "El archivo",
    drop_here: "También puedes arrastrar archivos hasta aquí o pegar una captura.",
    sending: "Enviando",
    received: "{name} se recibió.",
    removed: "{name} se quitó.",
    wait: "Tu mensaje saldrá en cuanto terminen de llegar los archivos.",
    lost: "La conexión se cortó antes de que llegara {name}. Cuando envíes el mensaje, lo intentamos otra vez.",
    offline: "No hay conexión con nuestro sitio. No se perdió nada: revisa tu internet y envía de nuevo.",
};

const EN: FileTexts = FileTexts {
    label: "Screenshots and files",
    hint: "Up to {n} files of {size} each: pictures (PNG, JPEG, WebP, GIF), PDF or text. We take the location and other hidden data out of pictures.",
    kept: "Already received: no need to send them again",
    remove: "Remove",
    attached: "Files",
    too_large: "{name} is larger than {size}. Send a smaller version.",
    too_many: "{name} did not fit: up to {n} files go with one message.",
    no_room: "We can't take {name} right now, because many files are arriving. Try again later, or send your message without it.",
    kind: "{name} can't be sent. We take pictures (PNG, JPEG, WebP, GIF), PDF and plain text.",
    damaged: "We couldn't open the picture {name}: it is damaged or too large. Take a new screenshot.",
    gone: "A file that you sent earlier is no longer kept. Choose it again.",
    nameless: "The file",
    drop_here: "You can also drop files here or paste a screenshot.",
    sending: "Sending",
    received: "{name} was received.",
    removed: "{name} was removed.",
    wait: "Your message will be sent as soon as the files have arrived.",
    lost: "The connection broke before {name} arrived. We will try again when you send the message.",
    offline: "Our site can't be reached. Nothing is lost: check your internet connection and send again.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_at_a_glance() {
        assert_eq!(Lang::En.bytes(900), "900 B");
        assert_eq!(Lang::En.bytes(348_160), "340 kB");
        assert_eq!(Lang::Pt.bytes(1_572_864), "1,5 MB");
        assert_eq!(Lang::Es.bytes(10 * 1024 * 1024), "10 MB");
    }
}
