//! The bytes of attachments, each under its id: in the private folder `attachments` of the data folder, or where the settings say.

use std::path::PathBuf;

use axum::body::{Body, Bytes};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::sync::OnceCell;

use super::place::{self, unavailable};
use crate::config::{Attachments, Config};
use crate::tickets::TicketError;

/// Behind an id: the small picture that stands for the file on pages.
const PREVIEW: &str = ".small";

/// Opened at first need: pages and search do without it.
pub(crate) struct Files {
    folder: PathBuf,
    settings: Attachments,
    store: OnceCell<Box<dyn ObjectStore>>,
}

impl Files {
    pub(crate) fn new(config: &Config) -> Self {
        Self { folder: config.data.join("attachments"), settings: config.attachments.clone(), store: OnceCell::new() }
    }

    async fn store(&self) -> Result<&dyn ObjectStore, TicketError> {
        let opened = self.store.get_or_try_init(|| async { place::open(&self.folder, &self.settings) });
        Ok(opened.await?.as_ref())
    }

    pub(super) async fn put(&self, id: &str, bytes: Bytes) -> Result<(), TicketError> {
        self.store().await?.put(&Path::from(id), bytes.into()).await.map_err(|error| unavailable(&error))?;
        Ok(())
    }

    pub(super) async fn get(&self, id: &str) -> Result<Bytes, TicketError> {
        let found = self.store().await?.get(&Path::from(id)).await.map_err(|error| missing(&error))?;
        found.bytes().await.map_err(|error| missing(&error))
    }

    pub(super) async fn put_preview(&self, id: &str, bytes: Bytes) -> Result<(), TicketError> {
        self.put(&preview_of(id), bytes).await
    }

    /// `None`: the file was kept without one.
    pub(super) async fn get_preview(&self, id: &str) -> Result<Option<Bytes>, TicketError> {
        match self.store().await?.get(&Path::from(preview_of(id))).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(|error| missing(&error))?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// Piece by piece, as the reader takes it.
    pub(super) async fn stream(&self, id: &str) -> Result<Body, TicketError> {
        let found = self.store().await?.get(&Path::from(id)).await.map_err(|error| missing(&error))?;
        Ok(Body::from_stream(found.into_stream()))
    }

    /// With its preview.
    pub(super) async fn delete(&self, id: &str) -> Result<(), TicketError> {
        self.delete_one(&preview_of(id)).await?;
        self.delete_one(id).await
    }

    /// What is not there any more is deleted.
    async fn delete_one(&self, name: &str) -> Result<(), TicketError> {
        match self.store().await?.delete(&Path::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// What is left of files whose writing was cut short: they lie beside their place, with a number behind their id.
    /// A bucket has none.
    pub(super) async fn delete_unfinished(&self, ids: &[String]) -> Result<(), TicketError> {
        self.store().await?;
        if !self.settings.store.is_empty() {
            return Ok(());
        }
        let mut names = tokio::fs::read_dir(&self.folder).await.map_err(|error| unavailable(&error))?;
        while let Some(entry) = names.next_entry().await.map_err(|error| unavailable(&error))? {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of = name.split_once('#').map(|(of, _)| of.strip_suffix(PREVIEW).unwrap_or(of));
            if of.is_some_and(|id| ids.iter().any(|orphan| orphan == id)) {
                tokio::fs::remove_file(entry.path()).await.map_err(|error| unavailable(&error))?;
            }
        }
        Ok(())
    }
}

/// Where the small picture beside a file lies.
fn preview_of(id: &str) -> String {
    format!("{id}{PREVIEW}")
}

/// Its row is there.
fn missing(error: &object_store::Error) -> TicketError {
    match error {
        object_store::Error::NotFound { .. } => TicketError::Broken(format!("an attachment without its file: {error}")),
        other => unavailable(other),
    }
}
