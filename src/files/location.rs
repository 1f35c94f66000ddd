//! Where the bytes of attachments lie: a folder, or a bucket of a server that speaks S3.

use std::path::Path;

use object_store::ObjectStore;
use object_store::local::LocalFileSystem;

use super::settings::Attachments;
use crate::error::ServiceError;
use crate::private_folder;

/// A bucket, and the beginning of every name in it.
#[derive(Debug, PartialEq, Eq)]
struct Bucket<'a> {
    name: &'a str,
    prefix: &'a str,
}

impl<'a> Bucket<'a> {
    /// `s3://bucket/prefix`; nothing: the folder.
    fn of(store: &'a str) -> Option<Self> {
        let (name, prefix) = store.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")))?;
        (!name.is_empty()).then_some(Self { name, prefix: prefix.trim_matches('/') })
    }
}

/// What is wrong with the settings, in words for the operator.
pub(crate) fn mistake(settings: &Attachments) -> Option<String> {
    let store = &settings.store;
    if store.is_empty() {
        return None;
    }
    if Bucket::of(store).is_none() {
        return Some(format!("attachments.store is {store:?}; write s3://bucket/prefix, or leave it empty to keep files in the data folder."));
    }
    if !cfg!(feature = "s3") {
        return Some(format!(
            "attachments.store is {store:?}, and this program was built without S3. Build it with `cargo build --release --features s3`, or leave it \
             empty to keep files in the data folder."
        ));
    }
    if settings.s3_access_key_id.is_empty() || settings.s3_secret_access_key.reveal().is_empty() {
        return Some("attachments.store is set, but attachments.s3_access_key_id or attachments.s3_secret_access_key is missing.".into());
    }
    None
}

/// The store that the settings name.
pub(crate) fn open(folder: &Path, settings: &Attachments) -> Result<Box<dyn ObjectStore>, ServiceError> {
    match Bucket::of(&settings.store) {
        Some(bucket) => open_bucket(&bucket, settings),
        None => {
            private_folder::make(folder).map_err(|error| unavailable(&error))?;
            let local = LocalFileSystem::new_with_prefix(folder).map_err(|error| unavailable(&error))?;
            // When a file is acknowledged it is on disk, as its ticket is.
            Ok(Box::new(local.with_fsync(true)))
        }
    }
}

#[cfg(feature = "s3")]
fn open_bucket(bucket: &Bucket<'_>, settings: &Attachments) -> Result<Box<dyn ObjectStore>, ServiceError> {
    use object_store::aws::AmazonS3Builder;
    use object_store::prefix::PrefixStore;
    use object_store::{ClientOptions, RetryConfig};
    use std::time::Duration;

    /// A bucket that does not answer for so long costs this try; its author keeps what was typed.
    const TIMEOUT: Duration = Duration::from_secs(20);
    const RETRIES_MAX: usize = 2;

    // The client takes what the program encrypts with; told once, it keeps to it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let is_plain = settings.s3_endpoint.starts_with("http://");
    let options = ClientOptions::new().with_allow_http(is_plain).with_connect_timeout(Duration::from_secs(5)).with_timeout(TIMEOUT);
    let retry = RetryConfig { max_retries: RETRIES_MAX, retry_timeout: TIMEOUT, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(bucket.name)
        .with_region(&settings.s3_region)
        .with_access_key_id(&settings.s3_access_key_id)
        .with_secret_access_key(settings.s3_secret_access_key.reveal())
        .with_client_options(options)
        .with_retry(retry);
    if !settings.s3_endpoint.is_empty() {
        builder = builder.with_endpoint(&settings.s3_endpoint);
    }
    let store = builder.build().map_err(|error| unavailable(&error))?;
    Ok(if bucket.prefix.is_empty() { Box::new(store) } else { Box::new(PrefixStore::new(store, bucket.prefix)) })
}

/// The settings were checked at the start.
#[cfg(not(feature = "s3"))]
fn open_bucket(bucket: &Bucket<'_>, _: &Attachments) -> Result<Box<dyn ObjectStore>, ServiceError> {
    Err(ServiceError::Unavailable(format!("the bucket {:?} of attachments: built without S3", bucket.name)))
}

pub(crate) fn unavailable(error: &dyn std::error::Error) -> ServiceError {
    ServiceError::Unavailable(format!("the store of attachments: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_the_folder_or_a_bucket_with_its_key() {
        let with = |store: &str| Attachments { store: store.into(), ..Attachments::default() };
        assert_eq!(mistake(&with("")), None);
        for nonsense in ["s3://", "s3:///x", "bucket", "https://example.com/bucket", "/var/files"] {
            assert!(mistake(&with(nonsense)).is_some_and(|text| text.contains("s3://bucket/prefix")), "{nonsense}");
        }
        let why = if cfg!(feature = "s3") { "s3_access_key_id" } else { "--features s3" };
        assert!(mistake(&with("s3://files")).is_some_and(|text| text.contains(why)));
        assert_eq!(Bucket::of("s3://files/help/centre/"), Some(Bucket { name: "files", prefix: "help/centre" }));
    }
}
