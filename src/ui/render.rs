//! A view becomes the bytes of a page.

use axum::body::Body;
use axum::extract::Request;
use http_body_util::BodyExt;
use leptos::prelude::*;

/// Renders a whole document.
///
/// Everything is rendered at once and in order, so that status and headers stay in the handler's hands. What leptos appends after
/// `</html>` (an inline script for data that no page of ours has) is cut off: the content policy would refuse it.
pub async fn page<V: IntoView + 'static>(view: impl Fn() -> V + Clone + Send + Sync + 'static) -> String {
    // leptos starts small tasks of its own; told where once, it keeps to it, and later calls change nothing.
    let _ = any_spawner::Executor::init_tokio();
    let shell = move || {
        // Pages hold only what they show: without this leptos prints the value of every `Resource` into the page.
        if let Some(context) = Owner::current_shared_context() {
            context.set_is_hydrating(false);
        }
        view()
    };
    let response = leptos_axum::render_app_async_with_context(|| {}, shell)(Request::new(Body::empty())).await;
    let bytes = response.into_body().collect().await.map(|collected| collected.to_bytes()).unwrap_or_default();
    let html = String::from_utf8_lossy(&bytes);
    let end = html.rfind("</html>").map_or(html.len(), |start| start + "</html>".len());
    format!("<!DOCTYPE html>{}", &html[..end])
}
