// The generated help centre's language: Portuguese where words are frequent, words that sound like it where they are rare.

const WORDS = 20_000;
// Zipf and Mandelbrot: the word of rank r comes up as 1 / (r + SHIFT) does. So few words make most of a text, as in any language.
const SHIFT = 2.7;

const FUNCTION_WORDS = `de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser
quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles você essa num
nem suas meu às minha numa pelos qual nós lhe este`.split(/\s+/);

const TOPIC_WORDS = `compra pagamento produto curso acesso conta reembolso assinatura cartão boleto código email senha comissão afiliado criador
comprador saque saldo carteira venda vendas prazo dias pedido garantia cobrança fatura banco pix parcela parcelas plano cancelar renovar
oferta preço desconto cupom checkout página link rastreamento cookie clique divulgar convite programa aula aulas módulo certificado arquivo
baixar aplicativo celular navegador entrar login recuperar documento documentos nota fiscal recibo imposto moeda dólar câmbio taxa taxas
transferência agência bancária análise revisão aprovado recusado bloqueado liberado suporte resposta mensagem formulário atendimento
integração webhook evento chave servidor token api relatório exportar planilha coprodutor coprodução porcentagem valor data mês semana
contestação chargeback titular fraude segurança verificação identidade endereço telefone nome cadastro dados privacidade excluir alterar
trocar atualizar confirmar enviar receber esperar abrir escolher informar mostrar funcionar aparecer chegar voltar ingresso bônus entrega
rastreio frete transportadora estoque ebook vídeo áudio transmissão turma aluno alunos professor comunidade comentário avaliação`.split(/\s+/);

const ENDINGS = ['', 's', 'r', 'ndo', 'do', 'da', 'mento', 'mentos', 'ção', 'ções', 'dor', 'dora', 'dores', 'vel', 'mente'];
const ONSETS = 'b c d f g l m n p r s t v br cr dr fr gr pr tr cl fl pl ch lh nh qu'.split(' ');
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ã', 'ei', 'á'];

/** Numbers from 0 up to 1, the same ones for the same seed on every machine (mulberry32). */
export function random(seed) {
  let state = (seed * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = (next, list) => list[Math.floor(next() * list.length)];

function vocabulary() {
  const next = random(7);
  const words = new Set([...FUNCTION_WORDS, ...TOPIC_WORDS]);
  while (words.size < WORDS) {
    const syllables = 2 + Math.floor(next() * 2);
    const stem = Array.from({ length: syllables }, () => pick(next, ONSETS) + pick(next, VOWELS)).join('');
    // Forms of one stem, as verbs and nouns have them: typo and ending must be told apart.
    for (let form = 0; form < 4 && words.size < WORDS; form += 1) words.add(stem + pick(next, ENDINGS));
  }
  return [...words];
}

/** By frequency, the most frequent first. */
export const VOCABULARY = vocabulary();
export const FIRST_TOPIC_WORD = FUNCTION_WORDS.length;

const upTo = new Float64Array(VOCABULARY.length);
VOCABULARY.reduce((sum, _, rank) => (upTo[rank] = sum + 1 / (rank + 1 + SHIFT)), 0);

/** A word as frequent as its rank has it; `from`: leaves out that many of the most frequent. */
export function word(next, from = 0) {
  const below = from === 0 ? 0 : upTo[from - 1];
  const wanted = below + next() * (upTo[upTo.length - 1] - below);
  let low = from;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return VOCABULARY[low];
}
