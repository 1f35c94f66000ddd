//! How the desk is set up, as it stands in the settings.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::frame;
use super::who::Who;
use crate::app::App;

/// `GET /desk/settings`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    let (lang, words) = (who.lang, who.lang.desk_people());
    let desk = app.config.desk.clone();
    frame::page(&app, Some(&who), who.lang, StatusCode::OK, words.settings, move || {
        let factor = if desk.second_factor_for_all { words.factor_all } else { words.factor_admins };
        let count = |text: &str, count: u32| text.replace("{count}", &count.to_string());
        let rows = [
            (words.setting_factor, factor.to_owned(), "second_factor_for_all"),
            (words.setting_idle, count(words.minutes, desk.session_idle_max_minutes), "session_idle_max_minutes"),
            (words.setting_max, count(words.hours, desk.session_max_hours), "session_max_hours"),
            (
                lang.desk_tools().setting_undo,
                if desk.undo_seconds == 0 { "0".to_owned() } else { lang.waiting_time(i64::from(desk.undo_seconds)) },
                "undo_seconds",
            ),
        ];
        let rows = rows.map(|(name, value, key)| view! { <div><dt>{name}</dt><dd>{value} " " <code class="meta">{key}</code></dd></div> });
        view! {
            <div class="desk-narrow">
                <h1>{words.settings}</h1>
                <p class="lede">{words.settings_text}</p>
                <dl class="settings">{rows.into_iter().collect_view()}</dl>
            </div>
        }
        .into_any()
    })
    .await
}
