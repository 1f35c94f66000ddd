//! Replies of one's own that leave in a moment, wherever one has gone on to: each can still be taken back.

use leptos::prelude::*;

use crate::clock::Micros;
use crate::i18n::Lang;
use crate::tickets::model::Reference;
use crate::ui::Site;

/// A line for each; `but` is the ticket whose page says it itself.
pub(super) fn notices(site: &Site, lang: Lang, held: &[(String, Reference, Micros)], but: Option<&Reference>) -> AnyView {
    let words = lang.desk_ticket();
    let elsewhere = held.iter().filter(|(_, reference, _)| Some(reference) != but);
    let lines = elsewhere.map(|(id, reference, at)| {
        let path = format!("/desk/tickets/{reference}");
        view! {
            <div class="notice notice-success held" role="status">
                <p><a href=path.clone()><code>{reference.to_string()}</code></a> " " {words.held_yours.replace("{time}", &clock(site, *at))}</p>
                <form action=format!("{path}/undo") method="post">
                    <button class="button" type="submit" name="answer" data-key="z" value=id.clone()>{words.undo}</button>
                </form>
            </div>
        }
    });
    lines.collect_view().into_any()
}

/// To the second, in the help center's zone.
pub(super) fn clock(site: &Site, at: Micros) -> String {
    at.timestamp().to_zoned(site.time_zone.clone()).strftime("%H:%M:%S").to_string()
}
