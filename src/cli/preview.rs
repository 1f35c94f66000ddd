//! `ajuda preview`.

use std::net::SocketAddr;
use std::process::ExitCode;

use crate::clock::Clock;
use crate::server;
use crate::site::preview::Preview;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Settings, asked_to_stop, cannot_listen, say};

pub(super) async fn run(settings: Settings, listen: SocketAddr) -> Result<ExitCode, String> {
    if !listen.ip().is_loopback() {
        return Err(format!("{listen} can be reached by others, who would see the drafts. Write an address such as 127.0.0.1:3001."));
    }
    let mut config = settings.load()?;
    let listener = TcpListener::bind(listen).await.map_err(|error| cannot_listen(&listen.to_string(), &error))?;
    let address = listener.local_addr().map_err(|error| cannot_listen(&listen.to_string(), &error))?;
    // Links stay in the preview, wherever the readers' help center is.
    (config.listen, config.public_url) = (address.to_string(), String::new());
    let preview = Preview::open(config, Clock::default()).map_err(|error| error.to_string())?;
    say(&format!(
        "Ajuda previews http://{address}\n\nDrafts are shown and marked, what is wrong stands beside the text, and a page loads again when a file is saved.\nhttp://{address}/preview   lists all findings.   Ctrl-C stops.\n"
    ));
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        let _ = stop.send(true);
    });
    server::serve(preview.app(), preview.router(), listener, stopped).await;
    Ok(ExitCode::SUCCESS)
}
