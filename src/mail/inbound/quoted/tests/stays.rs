use super::{assert_all_cut, assert_cut, assert_whole};

#[test]
fn a_forwarded_email_stays_where_little_else_is_said() {
    let forwarded = [
        "Início da mensagem encaminhada:\n\n> De: Suporte <s@example.org>\n> Assunto: Re: x\n> Data: 23 de novembro de 2026\n>\n> Olá!",
        "---------- Forwarded message ---------\nDe: Suporte <s@example.org>\nDate: seg., 23 de nov. de 2026 às 09:00\nSubject: x\nTo: Maria\n\nOlá!",
        "---------- Mensagem encaminhada ----------\nDe: Suporte <s@example.org>\nData: 23/11/2026\n\nOlá!",
        "Begin forwarded message:\n\nFrom: Support <s@example.org>\nSubject: x\nDate: November 23, 2026\nTo: Maria\n\nHi",
        "Inicio del mensaje reenviado:\n\n> De: Soporte\n> Hola",
        "Início da mensagem reenviada:\n\n> Olá!",
        "-------- Mensagem reencaminhada --------\nAssunto: x\n\nOlá!",
    ];
    assert_all_cut(&forwarded);
    for forwarded in forwarded {
        for said in [
            "",
            "FYI\n\n",
            "Vejam só\n\n",
            "Segue abaixo o e-mail que a loja me mandou ontem à noite.\n\n",
            "Recibí esto de ustedes y no sé si es verdad:\n\n",
        ] {
            assert_whole(&[&format!("{said}{forwarded}")]);
        }
    }
    assert_cut(
        "Enviado do meu iPhone\n\nInício da mensagem encaminhada:\n\n> De: Banco\n> Pagamento recusado",
        "Início da mensagem encaminhada:\n\n> De: Banco\n> Pagamento recusado",
    );
}

#[test]
fn two_dashes_sign_or_divide() {
    assert_whole(&[
        "Tenho dois problemas.\n\nPrimeiro: a aula 3 nao abre.\n--\nSegundo: fui cobrada duas vezes, pedido HP77.",
        "--\n\nOla, nao consigo entrar na conta.",
        "Primeiro pedido: HP76\n--\nSegundo pedido: HP77",
        "First question.\n\n--\n\nSecond question: when will it arrive?",
        "A aula não abre.\n-- \nFui cobrada duas vezes no cartão",
        "Não abre\n--\nobrigada",
        "Não abre\n\n-- \nMaria\n\nPS: e o reembolso?",
        "Uno\n--\nMaría\n\nAdemás el video de la clase se corta cada vez que lo abro.",
        "Lista:\n--\nUm\nDois\nTrês\nQuatro\nCinco\nSeis\nSete\nOito\nNove\nDez\nOnze",
    ]);
    assert_all_cut(&[
        "--\nrick",
        "--\nMaria Souza\nLoja da Maria\nTel. 11 99999-9999\nhttps://example.com/?a=b",
        "-- \nMaria Souza\nA melhor loja de roupas da cidade!\n\nEsta mensagem é confidencial e destina-se apenas ao seu destinatário.",
        "--\nMaria Souza\n\nEnviado do meu iPhone",
        "-- \nMaria\n\nEm 23/11/2026 09:00, Suporte escreveu:\n> Olá!",
    ]);
}

#[test]
fn sentences_that_only_look_alike_stay() {
    assert_whole(&[
        "Em resumo, o vendedor me escreveu:\nnão vou devolver.",
        "On the page somebody wrote:\nclosed",
        "De: onde vem a cobrança?\nNão sei.",
        "Enviado do meu celular foi o comprovante que vocês pediram na semana passada, mas ele não aparece na página.",
        "a -- b",
        "Em 2026 comprei.\n\nDepois ele escreveu:\nnada",
        // Dates and verbs in sentences.
        "Em 2026 comprei. Ele escreveu:\nnão devolvo",
        "Em 23/11/2026 comprei o curso e o suporte me escreveu:\nvai demorar",
        "No dia 23/11/2026 às 15h a Ana escreveu:\nnão vamos devolver",
        "No dia 23/11/2026 o vendedor (v@example.com) escreveu:\naguarde",
        "On Monday I wrote: where is my order?\nNobody answered.",
        "On 23/11/2026 I paid. Support wrote: wait.",
        "On 23/11/2026 at 9:00 I paid and support@example.com wrote: wait.",
        "Support wrote on 23/11/2026: wait five days.\nIt is over.",
        "El 23/11/2026 pagué y el soporte escribió:\nespere",
        "El lunes el profesor escribió:\nno hay clase",
        "El 23 de noviembre a las 9:00 alguien escribió:\nhola",
        "Em 23/11/2026 às 09:00 paguei. O suporte (s@example.com) escreveu: aguarde.",
        "O suporte escreveu no dia 23/11/2026:\n\naguarde",
        "2026-11-23 9:00 paguei:\nnada chegou",
        "23/11/2026 10:00 liguei para <b@example.com> e nada:\nninguém",
        "Am Montag schrieb ich:\nhallo",
        // Lists that people and banks write.
        "De: João Silva\nPara: Maria Souza\nValor: R$ 50,00\nData: 23/11/2026",
        "Data: 23/11 Valor: R$ 50 Cartão: final 1234\nNão reconheço.",
        "Data: 23/11/2026\nDe: Maria\nPara: João\nValor: R$ 50",
        "De: João\nPara: maria@example.com\nData: 23/11/2026 14:00\nValor: R$ 50",
        "Fecha: 23/11/2026\nDe: cuenta 123\nPara: cuenta 456\nMonto: 50",
        "Date: 23/11/2026\nAmount: 50\nFrom: my card\nTo: your shop",
        "De: São Paulo\nPara: Rio\nData: 23/11\nPreciso do frete.",
        "Recebi este e-mail:\n\nDe: Golpe <g@example.net>\nEnviado: segunda-feira\nPara: Maria\nAssunto: x\n\nPague agora.\n\nÉ de vocês?",
        "Assunto: cobrança\nData: 23/11/2026\nFui cobrada duas vezes.",
        "De: BBVA\nPara: Banorte\nFecha: 23/11/2026\nAsunto: pago del curso",
        "No dia 23/11/2026 às 09:00, Carlos escreveu:\n\n\"Aguarde.\"\n\nMas nada mudou.",
        "No dia 23/11/2026 às 09:00, Carlos escreveu:\naguarde\n\nMas nada mudou.",
        "Mensagem encaminhada\n\nÉ só isso.",
        // Phones, programs and dashes in sentences.
        "Não abre\n-- obrigado",
        "Pontos:\n-- primeiro ponto\n-- segundo ponto",
        "Enviado do meu celular, mas não chegou nada.",
        "Enviado do meu iPhone\nque comprei ontem de vocês.",
        "Enviado por Maria no dia 23",
        "Enviado via correios: código BR123",
        "Enviado do meu email pessoal ontem",
        "Sent from my desk, is much easier then my mobile phone.",
        "Sent my iPhone to repair",
        "Sent from my old account yesterday",
        "Get Outlook for my phone? I have no phone.",
        "Baixe o Outlook para Android, disse o suporte, mas não abre.",
        "Yahoo Mail: não recebo o código",
        "O email diz \"Please type your reply above this line\" mas onde?",
        "-- escrevi acima desta linha o que falta",
        "A mensagem original sumiu",
        "-- mensagem original sumiu",
        "Mensagem encaminhada ontem para vocês",
        "Deu erro >:(\n>:( de novo",
        "11:00 reunião com Ana <a@example.com>\n23/11 pagamento",
    ]);
}

#[test]
fn they_stay_wherever_they_stand() {
    for line in [
        "Em 23/11/2026 eu paguei e ele escreveu:",
        "Enviado do meu banco para a conta de vocês",
        "Sent from my bank account",
        "Enviado pelo meu marido",
        "Enviado do meu Itaú para vocês",
        "On November 23, 2026 I received an email. It said: wait",
        "On Nov 23, 2026 at 9:00 AM my card was charged and support wrote: sorry",
        "On Monday I wrote: where is it",
        "El 23 de noviembre de 2026 pagué. Soporte me escribió: espere",
        "De: R$ 50\nPara: R$ 100",
        "De: Nubank\nPara: Loja\nData: 23/11/2026 09:00\nValor: 100",
        "De: Nubank Maria\nPara: Loja HP\nData e hora: 23/11/2026 09:00",
        "Data: 23/11/2026\nHora: 09:00\nLocal: São Paulo",
        "Data: 23/11/2026\nPara: Maria\nDe: João\nAssunto: pagamento",
        "Fecha: 23/11/2026\nMonto: $500\nPara: Tienda\nDe: Mi cuenta",
        "From: my card\nTo: your shop\nAmount: 50\nDate: 11/23",
        "From: 23/11/2026\nTo: 30/11/2026",
        "De 23/11 a 30/11: sem acesso",
        "A compra de 23/11/2026 às 09:00:",
        "23/11/2026 09:00:",
        "23/11/2026 - 09:00 - paguei o boleto:",
        "2026-11-23 9:00 paid, no access:",
        "On 23/11/2026 at 09:00:",
        "O professor escreveu:",
        "Ele me escreveu em 23/11/2026:",
        "Support wrote (see attachment):",
        "My teacher (t@example.com) wrote:",
        "Maria <m@example.com> escreveu para vocês em novembro:",
        "Em novembro de 2026 o suporte escreveu:",
        "Em 5 dias ninguém escreveu:",
        "On page 12 the author wrote:",
        "On 5 May 2026 the author wrote:",
        "No dia 23 de novembro de 2026, às 15h, liguei e depois alguém escreveu:",
        "Enviado por e-mail ontem",
        "Enviado via Sedex",
        "Enviado com sucesso",
        "Enviado de Portugal para o Brasil",
        "Enviado desde España",
        "Sent with love",
        "Sent by mistake",
        "Sent via PayPal",
        "Sent from Brazil",
        "Get Outlook working please",
        "Obter o reembolso",
        "Baixe o app, disseram",
        "Yahoo Mail: meu e-mail",
        "Mensagem original: não tenho mais",
        "Mensagem encaminhada: vocês receberam",
        "--- Início ---",
        "-----",
        "---- pedido 1 ----",
        "== Dúvida 1 ==",
        "-- obrigado",
        "- De: onde?",
        "Assunto: não recebo e-mails",
        "Subject: refund please",
        "Para: suporte\nDe: Maria",
        "El pedido:\n- De: Lima\n- Para: Cusco",
        ">_< não entendo",
        "Escribí arriba de esta línea",
        "Please type your reply above this line",
        "Responda acima desta linha, era o que dizia o email",
        "Oi Maria (m@example.com) 23/11/2026 09:00:",
        "wrote: nothing",
        "Le 23/11/2026 j'ai écrit:",
        "Am 23.11.2026 habe ich geschrieben, niemand schrieb:",
        "Il 23/11/2026 ho scritto:",
        "Den 23.11.2026 skrev jag:",
        "From: where does the charge come?\nSent: by whom?",
        "Login: maria@example.com\nData: 23/11/2026\nDe: celular",
        "Remetente: Loja\nDestinatário: Maria\nData de envio: 23/11/2026\nCódigo de rastreio: BR123",
        "De: Correios\nPara: Maria\nEnviado em: 23/11/2026\nCódigo: BR123",
        "A aula de 23 de nov. de 2026, \"Java\" <a@example.com>",
        "Às 09:00 do dia 23/11/2026 a Ana <ana@example.com> me ligou:",
        "Enviado do meu iPhone o comprovante",
        "Enviado do meu e-mail maria@example.com",
        "Enviado do Gmail da minha mãe",
        "Enviada do meu celular ontem a foto",
        "Sent from my iPhone to yours",
        "Enviei do meu iPhone",
        "Curso Java\n--\nCurso Rust",
        "Meus pedidos:\n\n--\nHP Um\nHP Dois",
        "Question one\n--\nQuestion two",
        "Opção A\n--\nOpção B",
    ] {
        assert_whole(&[line, &format!("Olá, boa tarde.\n\n{line}\n\nPodem ver isso?"), &format!("Olá, boa tarde.\n{line}\nE agora?")]);
    }
}

#[test]
fn an_email_that_is_nothing_but_quoted_stays_whole() {
    assert_whole(&["> a\n> b", "-- \nMaria", "Enviado do meu iPhone", "", "Em 23/11/2026 09:00, Suporte escreveu:\n\nOlá!"]);
}
