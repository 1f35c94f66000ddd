//! Emails as mail programs write them.

use super::{assert_said, assert_text};

#[test]
fn outlook_on_the_desktop_with_a_table() {
    let html = r##"<html><head><title>x</title><style>p.MsoNormal{margin:0cm;font-size:11.0pt}</style></head><body lang=PT-BR>
<div class=WordSection1><p class=MsoNormal>O código é <b>HP123</b>.<o:p></o:p></p><p class=MsoNormal>&nbsp;</p>
<p class=MsoNormal>O erro está <a href="https://exemplo.example/aula/7?x=1&amp;y=2">nesta aula</a>.</p>
<ul><li>primeiro</li><li>segundo</li></ul>
<table><tr><td>Pedido</td><td>Valor</td></tr><tr><td>A1</td><td>R$ 50</td></tr></table>
<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>De:</b> Suporte &lt;support@example.org&gt; <br><b>Enviada em:</b> segunda-feira, 23 de novembro de 2026 09:00<br><b>Para:</b> Sara<br><b>Assunto:</b> Pedido</p></div>
<p class=MsoNormal>Olá! Qual é o código?</p></div></body></html>"##;
    let said = "O código é HP123.\n\n\
         O erro está nesta aula (https://exemplo.example/aula/7?x=1&y=2).\n\n\
         - primeiro\n\
         - segundo\n\n\
         Pedido | Valor\n\
         A1 | R$ 50";
    let rest = "\n\n\
         ________________________________\n\
         De: Suporte <support@example.org>\n\
         Enviada em: segunda-feira, 23 de novembro de 2026 09:00\n\
         Para: Sara\n\
         Assunto: Pedido\n\n\
         Olá! Qual é o código?";
    assert_said(html, said, rest);
}

#[test]
fn gmail() {
    let html = r##"<div dir="ltr">O código é HP123.<div><br></div><div>Obrigada!</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Em seg., 23 de nov. de 2026 às 09:00, Suporte &lt;<a href="mailto:support@example.org">support@example.org</a>&gt; escreveu:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex"><div>Olá!</div><div>Qual é o código?</div></blockquote></div>"##;
    let said = "O código é HP123.\n\nObrigada!";
    let rest = "\n\nEm seg., 23 de nov. de 2026 às 09:00, Suporte <support@example.org> escreveu:\n> Olá!\n> Qual é o código?";
    assert_said(html, said, rest);
}

#[test]
fn outlook_on_the_web() {
    let html = r##"<html><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head>
<body dir="ltr">
<div class="elementToProof" style="font-family: Aptos, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);">
Bom dia,</div>
<div class="elementToProof" style="font-family: Aptos;"><br>
</div>
<div class="elementToProof">Paguei o boleto e o curso continua bloqueado.</div>
<div class="elementToProof"><ol start="1" style="margin-top: 0px"><li style="list-style-type: &quot;1. &quot;;"><div role="presentation" class="elementToProof">Abri a área do aluno</div></li><li><div role="presentation">Cliquei em <b>Módulo&nbsp;2</b></div></li></ol></div>
<div id="Signature" class="elementToProof"><p style="margin-top:0;margin-bottom:0">Marta Reis</p><p style="margin:0">Contabilidade</p></div>
<div id="appendonsend"></div>
<hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000"><b>De:</b> Suporte &lt;support@example.org&gt;<br>
<b>Enviado:</b> segunda-feira, 23 de novembro de 2026 09:00<br>
<b>Para:</b> Marta Reis &lt;marta@example.com&gt;<br>
<b>Assunto:</b> Re: Curso bloqueado</font>
<div>&nbsp;</div>
</div>
<div><p>Olá, Marta!</p><p>Em que página está?</p></div>
</body></html>"##;
    let said = "Bom dia,\n\nPaguei o boleto e o curso continua bloqueado.\n\n1. Abri a área do aluno\n2. Cliquei em Módulo 2";
    let rest = "\n\n\
         -- \n\
         Marta Reis\n\
         Contabilidade\n\n\
         ________________________________\n\
         De: Suporte <support@example.org>\n\
         Enviado: segunda-feira, 23 de novembro de 2026 09:00\n\
         Para: Marta Reis <marta@example.com>\n\
         Assunto: Re: Curso bloqueado\n\n\
         Olá, Marta!\n\n\
         Em que página está?";
    assert_said(html, said, rest);
}

#[test]
fn outlook_on_the_desktop_with_a_list() {
    let html = r##"<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit"/></xml><![endif]--><style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=ES link="#0563C1">
<div class=WordSection1><p class=MsoNormal>Buenas tardes:<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>No puedo abrir estos archivos:<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>la guía<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>el <a href="https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcursos.example%2Fplan%3Fx%3D1&amp;data=05%7C01&amp;reserved=0">plan de estudio</a><o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td width=200><p class=MsoNormal><b>Archivo</b><o:p></o:p></p></td><td><p class=MsoNormal><b>Error</b><o:p></o:p></p></td></tr><tr><td><p class=MsoNormal>guia.pdf<o:p></o:p></p></td><td><p class=MsoNormal>404<o:p></o:p></p></td></tr></table>
<p class=MsoNormal>Un saludo,<br>Pilar<o:p></o:p></p><p class=MsoNormal><img width=120 height=40 src="cid:image001.png@01D" alt="Logotipo&#10;&#10;Descripción generada automáticamente"><o:p></o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b><span lang=ES>De:</span></b><span lang=ES> Soporte &lt;support@example.org&gt; <b>Enviado el:</b> lunes, 23 de noviembre de 2026 9:00 <b>Para:</b> Pilar <b>Asunto:</b> RE: Archivos<o:p></o:p></span></p></div></div>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Hola, ¿qué archivo es?<o:p></o:p></p></div></body></html>"##;
    let said = "Buenas tardes:\n\n\
         No puedo abrir estos archivos:\n\
         - la guía\n\
         - el plan de estudio (https://cursos.example/plan?x=1)\n\n\
         Archivo | Error\n\
         guia.pdf | 404\n\n\
         Un saludo,\n\
         Pilar";
    let rest = "\n\n\
         ________________________________\n\
         De: Soporte <support@example.org>\n\
         Enviado el: lunes, 23 de noviembre de 2026 9:00\n\
         Para: Pilar\n\
         Asunto: RE: Archivos\n\n\
         Hola, ¿qué archivo es?";
    assert_said(html, said, rest);
}

#[test]
fn apple_mail() {
    let html = r##"<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">Hi team,<div><br></div><div>The video stops at minute 3. See&nbsp;<a href="https://videos.example/3">https://videos.example/3</a></div><div><br></div><div>Thanks<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On 23 Nov 2026, at 09:00, Support &lt;support@example.org&gt; wrote:</div><br class="Apple-interchange-newline"><div><div>Hi Ana,<br><br>Which video is it?</div><blockquote type="cite">It does not play.</blockquote></div></blockquote></div><br></div></body></html>"##;
    let said = "Hi team,\n\nThe video stops at minute 3. See https://videos.example/3\n\nThanks";
    let rest = "\n\n\
         > On 23 Nov 2026, at 09:00, Support <support@example.org> wrote:\n\
         >\n\
         > Hi Ana,\n\
         >\n\
         > Which video is it?\n\
         >> It does not play.";
    assert_said(html, said, rest);
}

#[test]
fn yahoo() {
    let html = r##"<html><head></head><body><div class="ydp1yahoo-style-wrap" style="font-family:Helvetica;font-size:13px;"><div dir="ltr">Oi, segue o número: 4471.</div><div dir="ltr"><br></div><div class="ydp1signature">Caio</div></div>
        <div id="yahoo_quoted_1" class="yahoo_quoted">
            <div style="font-family:Helvetica;font-size:13px;color:#26282a;">
                <div>
                    Em segunda-feira, 23 de novembro de 2026 às 09:00:00 BRT, Suporte &lt;support@example.org&gt; escreveu:
                </div>
                <div><br></div>
                <div><br></div>
                <div><div dir="ltr">Qual é o número do pedido?<br></div></div>
            </div>
        </div></body></html>"##;
    let said = "Oi, segue o número: 4471.\n\nCaio";
    let rest = "\n\n\
         Em segunda-feira, 23 de novembro de 2026 às 09:00:00 BRT, Suporte <support@example.org> escreveu:\n\n\
         Qual é o número do pedido?";
    assert_said(html, said, rest);
}

#[test]
fn proton() {
    let html = r##"<div style="font-family: Arial, sans-serif; font-size: 14px;">It works now, thank you!</div><div style="font-family: Arial;"><br></div>
<div class="protonmail_signature_block protonmail_signature_block-empty"><div class="protonmail_signature_block-user protonmail_signature_block-empty"></div><div class="protonmail_signature_block-proton">Sent with <a target="_blank" href="https://proton.me/mail/home">Proton Mail</a> secure email.</div></div>
<div class="protonmail_quote">
        On Monday, November 23rd, 2026 at 9:00 AM, Support &lt;support@example.org&gt; wrote:<br><br>
        <blockquote class="protonmail_quote" type="cite"><p>Please try again.</p></blockquote><br>
    </div>"##;
    let said = "It works now, thank you!";
    let rest = "\n\n\
         -- \n\
         Sent with Proton Mail (https://proton.me/mail/home) secure email.\n\n\
         On Monday, November 23rd, 2026 at 9:00 AM, Support <support@example.org> wrote:\n\
         > Please try again.";
    assert_said(html, said, rest);
}

#[test]
fn thunderbird() {
    let html = r##"<!DOCTYPE html><html><head><meta charset="UTF-8"></head><body><p>Olá,</p><p>o código é este:</p><pre class="moz-quote-pre" wrap="">linha 1
  linha 2

linha 4</pre><div class="moz-cite-prefix">Em 23/11/2026 09:00, Suporte escreveu:<br></div><blockquote type="cite" cite="mid:abc@example.org"><p>Qual código?</p></blockquote><p>Fica abaixo também.</p><div class="moz-signature">-- <br>Rui</div></body></html>"##;
    let text = "Olá,\n\n\
         o código é este:\n\n\
         linha 1\n  linha 2\n\n\
         linha 4\n\n\
         Em 23/11/2026 09:00, Suporte escreveu:\n\
         > Qual código?\n\n\
         Fica abaixo também.\n\n\
         -- \n\
         Rui";
    assert_text(html, text);
}

#[test]
fn newsletter() {
    let html = r##"<!doctype html><html xmlns:v="urn:schemas-microsoft-com:vml"><head><title>Promo</title><!--[if mso]><style>td{font-family:Arial}</style><![endif]--></head><body><div style="display:none;font-size:1px;max-height:0">Pré-cabeçalho &#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div>
<table role="presentation" width="100%"><tr><td align="center" style="font-size:0px;padding:10px"><table width="600"><tr><td><a href="https://loja.example/"><img src="https://loja.example/l.png" alt="Loja Azul" width="120"></a></td><td align="right"><a href="https://loja.example/ver">Ver no navegador</a></td></tr></table></td></tr>
<tr><td style="font-size:0px"><div style="font-size:13px"><h1>Sua compra</h1><p style="margin:0 0 16px">Obrigado pela compra.</p><p style="margin:0 0 16px">Confira os itens:</p></div>
<table style="font-size:14px"><tbody><tr><th>Produto</th><th>Qtd</th><th>Preço</th></tr><tr><td>Caneta</td><td>2</td><td>R$&nbsp;8,00</td></tr><tr><td>&nbsp;</td><td></td><td></td></tr><tr><td>Total:</td><td></td><td>R$ 8,00</td></tr></tbody></table></td></tr>
<tr><td><!--[if mso]><v:roundrect><center>Rastrear</center></v:roundrect><![endif]--><a href="https://loja.example/r?id=9" style="display:inline-block;mso-hide:all">Rastrear pedido</a></td></tr>
<tr><td><a href="#top">Topo</a> <a href="mailto:ajuda@loja.example?subject=Oi">Fale conosco</a> <a href="tel:+551140028922">(11) 4002-8922</a></td></tr></table><img src="https://t.example/p.gif" width="1" height="1" alt="x"></body></html>"##;
    let text = "[Loja Azul] (https://loja.example/) | Ver no navegador (https://loja.example/ver)\n\n\
         Sua compra\n\n\
         Obrigado pela compra.\n\n\
         Confira os itens:\n\n\
         Produto | Qtd | Preço\n\
         Caneta | 2 | R$ 8,00\n\
         Total: R$ 8,00\n\n\
         Rastrear pedido (https://loja.example/r?id=9)\n\
         Topo Fale conosco (ajuda@loja.example) (11) 4002-8922";
    assert_text(html, text);
}

#[test]
fn messages_of_a_phone() {
    let html = r##"<div dir="auto">Encaminho a conversa:</div><div dir="auto"><br></div><div><span style="white-space:pre-wrap">[23/11/2026, 09:00] Léo: Oi, tudo bem? <img class="emoji" alt="👋🏽" src="x">
[23/11/2026, 09:01] Léo: meu acesso expirou
[23/11/2026, 09:02] Loja: <b>Vamos ver</b></span></div><div dir="auto"><br></div><div class="gmail_quote"><div dir="ltr">---------- Forwarded message ---------<br>De: <strong class="gmail_sendername" dir="auto">Loja</strong> <span dir="auto">&lt;<a href="mailto:loja@example.com">loja@example.com</a>&gt;</span><br>Date: seg., 23 de nov. de 2026 09:03<br>Subject: Acesso<br>To:  &lt;<a href="mailto:leo@example.com">leo@example.com</a>&gt;<br></div><br><br>Expirou<br clear="all"><span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature" data-smartmail="gmail_signature">Loja</div></div>"##;
    let text = "Encaminho a conversa:\n\n\
         [23/11/2026, 09:00] Léo: Oi, tudo bem? 👋🏽\n\
         [23/11/2026, 09:01] Léo: meu acesso expirou\n\
         [23/11/2026, 09:02] Loja: Vamos ver\n\n\
         ---------- Forwarded message ---------\n\
         De: Loja <loja@example.com>\n\
         Date: seg., 23 de nov. de 2026 09:03\n\
         Subject: Acesso\n\
         To: <leo@example.com>\n\n\
         Expirou\n\
         --\n\
         Loja";
    assert_text(html, text);
}

#[test]
fn zoho() {
    let html = r##"<div style="font-family: Verdana;"><div>Ya funciona, gracias.<br></div><div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204); height: 0px; line-height: 0px;"><br></div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1"><br>El lun, 23 nov 2026 09:00:00 -0300, <b>Soporte &lt;support@example.org&gt;</b> escribió:<br></div><br><blockquote style="margin: 0px;"><div>¿Funciona ahora?</div></blockquote></div></div>"##;
    let said = "Ya funciona, gracias.";
    let rest = "\n\nEl lun, 23 nov 2026 09:00:00 -0300, Soporte <support@example.org> escribió:\n> ¿Funciona ahora?";
    assert_said(html, said, rest);
}

#[test]
fn our_own_email_answered() {
    let html = r##"<div dir="auto">Deu certo</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Em seg., 23 de nov. de 2026, 09:00, Ajuda &lt;<a href="mailto:support@example.org" target="_blank">support@example.org</a>&gt; escreveu:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex"><u></u><div style="margin:0;padding:24px"><p>Resposta:</p><blockquote style="white-space:pre-wrap">Olá,

tente de novo.</blockquote></div></blockquote></div>"##;
    let said = "Deu certo";
    let rest = "\n\n\
         Em seg., 23 de nov. de 2026, 09:00, Ajuda <support@example.org> escreveu:\n\
         > Resposta:\n\
         >> Olá,\n\
         >>\n\
         >> tente de novo.";
    assert_said(html, said, rest);
}
