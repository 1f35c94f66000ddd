//! The bytes of attachments, each under its id: in the private folder `attachments` of the data folder, or where the settings say.

use std::path::PathBuf;

use axum::body::{Body, Bytes};
use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::sync::OnceCell;

use super::location::{self, unavailable};
use super::settings::Attachments;
use crate::clock::Micros;
use crate::error::ServiceError;

/// Behind an id: the small picture that stands for the file on pages.
const PREVIEW: &str = ".small";

/// Opened at first need: pages and search do without it.
pub(crate) struct ByteStore {
    folder: PathBuf,
    settings: Attachments,
    store: OnceCell<Box<dyn ObjectStore>>,
}

impl ByteStore {
    pub(crate) fn new(data: &std::path::Path, settings: &Attachments) -> Self {
        Self { folder: data.join("attachments"), settings: settings.clone(), store: OnceCell::new() }
    }

    async fn store(&self) -> Result<&dyn ObjectStore, ServiceError> {
        let opened = self.store.get_or_try_init(|| async { location::open(&self.folder, &self.settings) });
        Ok(opened.await?.as_ref())
    }

    pub(crate) async fn put(&self, id: &str, bytes: Bytes) -> Result<(), ServiceError> {
        self.store().await?.put(&Path::from(id), bytes.into()).await.map_err(|error| unavailable(&error))?;
        Ok(())
    }

    pub(crate) async fn get(&self, id: &str) -> Result<Bytes, ServiceError> {
        let found = self.store().await?.get(&Path::from(id)).await.map_err(|error| missing(&error))?;
        found.bytes().await.map_err(|error| missing(&error))
    }

    pub(crate) async fn put_preview(&self, id: &str, bytes: Bytes) -> Result<(), ServiceError> {
        self.put(&preview_of(id), bytes).await
    }

    /// `None`: the file was kept without one.
    pub(crate) async fn get_preview(&self, id: &str) -> Result<Option<Bytes>, ServiceError> {
        match self.store().await?.get(&Path::from(preview_of(id))).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(|error| missing(&error))?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// Piece by piece, as the reader takes it.
    pub(crate) async fn stream(&self, id: &str) -> Result<Body, ServiceError> {
        let found = self.store().await?.get(&Path::from(id)).await.map_err(|error| missing(&error))?;
        Ok(Body::from_stream(found.into_stream()))
    }

    /// With its preview.
    pub(crate) async fn delete(&self, id: &str) -> Result<(), ServiceError> {
        self.delete_one(&preview_of(id)).await?;
        self.delete_one(id).await
    }

    /// What is not there any more is deleted.
    pub(super) async fn delete_one(&self, name: &str) -> Result<(), ServiceError> {
        match self.store().await?.delete(&Path::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// Names that begin like this and were written at a moment or before.
    pub(super) async fn list(&self, prefix: &str, until: Micros) -> Result<Vec<String>, ServiceError> {
        let all: Vec<_> = self.store().await?.list(None).try_collect().await.map_err(|error| unavailable(&error))?;
        let is_old = |modified: i64| modified <= until.0;
        let old = all.into_iter().filter(|object| is_old(object.last_modified.timestamp_micros()));
        Ok(old.map(|object| object.location.to_string()).filter(|name| name.starts_with(prefix)).collect())
    }

    /// What is left of files whose writing was cut short: they lie beside their place, with a number behind their id.
    /// A bucket has none.
    pub(crate) async fn delete_unfinished(&self, ids: &[String]) -> Result<(), ServiceError> {
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
fn missing(error: &object_store::Error) -> ServiceError {
    match error {
        object_store::Error::NotFound { .. } => ServiceError::Broken(format!("an attachment without its file: {error}")),
        other => unavailable(other),
    }
}
