//! Words of an account that is compared with Hotmart's own sums.

use crate::i18n::Lang;

pub struct DeskCompareTexts {
    pub title: &'static str,
    pub text: &'static str,
    pub ask: &'static str,
    pub asked: &'static str,
    /// Nothing is compared while something is left to read.
    pub waits: &'static str,
    pub runs: &'static str,
    /// Followed by a moment.
    pub compared: &'static str,
    /// `{count}` months.
    pub months: &'static str,
    pub same: &'static str,
    /// `{count}` differences.
    pub differ: &'static str,
    pub month: &'static str,
    pub status: &'static str,
    pub here: &'static str,
    pub there: &'static str,
}

impl Lang {
    pub fn desk_compare(self) -> &'static DeskCompareTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: DeskCompareTexts = DeskCompareTexts {
    title: "Conferência com a Hotmart",
    text: "Quantidade e soma das vendas de cada mês, status e moeda, aqui e na Hotmart. O que difere é lido de novo, até não diferir mais.",
    ask: "Conferir agora",
    asked: "A conferência começa em instantes e pode levar alguns minutos. Recarregue a página para ver o resultado.",
    waits: "Ainda há vendas para ler. A conferência vem logo depois.",
    runs: "Conferindo…",
    compared: "Última conferência:",
    months: "meses: {count}",
    same: "nenhuma diferença",
    differ: "diferenças: {count}",
    month: "Mês",
    status: "Status",
    here: "Aqui",
    there: "Na Hotmart",
};

const ES: DeskCompareTexts = DeskCompareTexts {
    title: "Comparación con Hotmart",
    text: "Cantidad y suma de las ventas de cada mes, estado y moneda, aquí y en Hotmart. Lo que no coincide se lee otra vez, hasta que coincida.",
    ask: "Comparar ahora",
    asked: "La comparación empieza en un momento y puede tardar unos minutos. Recarga la página para ver el resultado.",
    waits: "Todavía hay ventas por leer. La comparación viene enseguida.",
    runs: "Comparando…",
    compared: "Última comparación:",
    months: "meses: {count}",
    same: "ninguna diferencia",
    differ: "diferencias: {count}",
    month: "Mes",
    status: "Estado",
    here: "Aquí",
    there: "En Hotmart",
};

const EN: DeskCompareTexts = DeskCompareTexts {
    title: "Comparison with Hotmart",
    text: "Count and sum of the sales of each month, status and currency, here and at Hotmart. What differs is read again until it no longer does.",
    ask: "Compare now",
    asked: "The comparison begins in a moment and can take some minutes. Reload the page to see what came of it.",
    waits: "There are sales left to read. The comparison comes right after.",
    runs: "Comparing…",
    compared: "Last comparison:",
    months: "months: {count}",
    same: "no difference",
    differ: "differences: {count}",
    month: "Month",
    status: "Status",
    here: "Here",
    there: "At Hotmart",
};
