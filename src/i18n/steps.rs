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
    pub solved_title: &'static str,
    pub solved_text: &'static str,
    pub home: &'static str,
    /// Opens the chart of the steps.
    pub chart_summary: &'static str,
    /// Below it: its arrows say yes and no.
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

    /// The way back to a step.
    pub fn back_to_step(self, step: usize) -> String {
        match self {
            Self::Pt => format!("Voltar ao passo {step}"),
            Self::Es => format!("Volver al paso {step}"),
            Self::En => format!("Back to step {step}"),
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
    walk_text: "Prefere um passo de cada vez?",
    walk: "Seguir passo a passo",
    question: "Resolveu?",
    next: "Não, próximo passo",
    write: "Não, falar com a gente",
    solved: "Sim, resolveu",
    solved_title: "Que bom que deu certo!",
    solved_text: "Se acontecer de novo, os passos continuam aqui.",
    home: "Ir para o início",
    chart_summary: "Ver o diagrama dos passos",
    chart_caption: "Depois de cada passo: resolveu?",
    yes: "sim",
    no: "não",
    end_contact: "Fale com a gente",
    end_solved: "Resolvido",
    contact_title: "Fale com a gente",
    contact_text: "Os passos que você tentou já estão na mensagem. Falta contar o que aconteceu. Alguém da equipe responde",
    tried: "Passos que já segui:",
    now: "O que acontece agora:",
};

const ES: StepTexts = StepTexts {
    walk_text: "¿Prefieres ir paso a paso?",
    walk: "Empezar la guía",
    question: "¿Se resolvió?",
    next: "No, siguiente paso",
    write: "No, contactar al equipo",
    solved: "Sí, resuelto",
    solved_title: "¡Qué bueno que se resolvió!",
    solved_text: "Si vuelve a pasar, los pasos siguen aquí.",
    home: "Ir al inicio",
    chart_summary: "Ver el diagrama de los pasos",
    chart_caption: "Después de cada paso: ¿se resolvió?",
    yes: "sí",
    no: "no",
    end_contact: "Contáctanos",
    end_solved: "Resuelto",
    contact_title: "Contáctanos",
    contact_text: "Los pasos que intentaste ya están en el mensaje. Solo falta contar qué pasó. Alguien del equipo te responderá",
    tried: "Pasos que ya seguí:",
    now: "Lo que pasa ahora:",
};

const EN: StepTexts = StepTexts {
    walk_text: "Prefer one step at a time?",
    walk: "Start the step-by-step guide",
    question: "Did that solve it?",
    next: "No, next step",
    write: "No, contact us",
    solved: "Yes, solved",
    solved_title: "Glad that worked",
    solved_text: "If it happens again, come back to these steps.",
    home: "Go to the home page",
    chart_summary: "See the steps as a diagram",
    chart_caption: "After each step: did that solve it?",
    yes: "yes",
    no: "no",
    end_contact: "Contact us",
    end_solved: "Solved",
    contact_title: "Contact us",
    contact_text: "We've added the steps you tried to your message. Just add what happened. Someone on our team will reply",
    tried: "Steps I've already followed:",
    now: "What happens now:",
};
