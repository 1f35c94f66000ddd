//! Words of an article that is walked step by step.

use super::Lang;

pub struct StepTexts {
    pub walk_text: &'static str,
    pub walk: &'static str,
    pub question: &'static str,
    pub next: &'static str,
    /// After the last step.
    pub write: &'static str,
    pub solved: &'static str,
    pub back: &'static str,
    pub solved_title: &'static str,
    pub solved_text: &'static str,
    pub home: &'static str,
    /// Below the chart of the steps, whose arrows say yes and no.
    pub chart_caption: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    /// The boxes at its end.
    pub end_contact: &'static str,
    pub end_solved: &'static str,
    pub contact_title: &'static str,
    /// Followed by the promise.
    pub contact_text: &'static str,
    /// Begins the message; the steps follow.
    pub tried: &'static str,
    /// Ends the message; the reader goes on.
    pub now: &'static str,
}

impl Lang {
    pub fn steps(self) -> &'static StepTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }

    /// How far the reader has come, both counted from 1.
    pub fn step_of(self, step: usize, count: usize) -> String {
        match self {
            Self::Pt => format!("Passo {step} de {count}"),
            Self::Es => format!("Paso {step} de {count}"),
            Self::En => format!("Step {step} of {count}"),
        }
    }
}

const PT: StepTexts = StepTexts {
    walk_text: "Prefere uma coisa de cada vez? Mostramos um passo por página.",
    walk: "Ir passo a passo",
    question: "Resolveu?",
    next: "Não, próximo passo",
    write: "Não, falar com a gente",
    solved: "Sim, resolvido",
    back: "Voltar",
    solved_title: "Que bom que deu certo",
    solved_text: "Se acontecer de novo, os passos continuam aqui.",
    home: "Ir para o início",
    chart_caption: "Depois de cada passo: resolveu?",
    yes: "sim",
    no: "não",
    end_contact: "Fale com a gente",
    end_solved: "Resolvido",
    contact_title: "Fale com a gente",
    contact_text: "Os passos que você tentou já estão na mensagem. Falta contar o que aconteceu. Uma pessoa da equipe responde",
    tried: "Passos que já segui:",
    now: "O que acontece agora:",
};

const ES: StepTexts = StepTexts {
    walk_text: "¿Prefieres ir de a una cosa? Te mostramos un paso por página.",
    walk: "Ir paso a paso",
    question: "¿Se resolvió?",
    next: "No, siguiente paso",
    write: "No, escribirnos",
    solved: "Sí, resuelto",
    back: "Volver",
    solved_title: "Qué bueno que se resolvió",
    solved_text: "Si vuelve a pasar, los pasos siguen aquí.",
    home: "Ir al inicio",
    chart_caption: "Después de cada paso: ¿se resolvió?",
    yes: "sí",
    no: "no",
    end_contact: "Escríbenos",
    end_solved: "Resuelto",
    contact_title: "Escríbenos",
    contact_text: "Los pasos que intentaste ya están en el mensaje. Solo falta contar qué pasó. Una persona del equipo responde",
    tried: "Pasos que ya seguí:",
    now: "Lo que pasa ahora:",
};

const EN: StepTexts = StepTexts {
    walk_text: "One thing at a time? We show you one step per page.",
    walk: "Go step by step",
    question: "Did that solve it?",
    next: "No, next step",
    write: "No, write to us",
    solved: "Yes, solved",
    back: "Back",
    solved_title: "Good to hear that it works",
    solved_text: "Should it happen again, the steps are still here.",
    home: "Go to the start page",
    chart_caption: "After each step: did that solve it?",
    yes: "yes",
    no: "no",
    end_contact: "Write to us",
    end_solved: "Solved",
    contact_title: "Write to us",
    contact_text: "The steps that you tried are in the message already. Just add what happened. A person on our team answers",
    tried: "Steps I have already taken:",
    now: "What happens now:",
};
