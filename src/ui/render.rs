//! A view becomes the bytes of a page.

use std::sync::Arc;

use futures_util::StreamExt;
use hydration_context::{SharedContext, SsrSharedContext};
use leptos::prelude::*;
use reactive_graph::owner::Sandboxed;

/// Renders a whole document.
///
/// Everything is rendered at once and in order, so that status and headers stay in the handler's hands. Pages hold only what they show: the
/// values of resources, which leptos would add below as an inline script, are left out, as the content policy would refuse that.
pub async fn page<V: IntoView + 'static>(view: impl Fn() -> V + Clone + Send + Sync + 'static) -> String {
    // leptos starts small tasks of its own; told where once, it keeps to it, and later calls change nothing.
    let _ = any_spawner::Executor::init_tokio();
    let context = Arc::new(SsrSharedContext::new());
    context.set_is_hydrating(false);
    let owner = Owner::new_root(Some(context));
    // An arena of its own: pages that are rendered at the same time don't wait for each other.
    let body = Sandboxed::new({
        let owner = owner.clone();
        async move { owner.with(|| view().to_html_stream_in_order()).collect::<String>().await }
    });
    let html = body.await;
    owner.unset_with_forced_cleanup();
    format!("<!DOCTYPE html>{html}")
}
