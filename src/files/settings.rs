//! Files that people send: `[attachments]`.

use serde::Deserialize;

use crate::config::Secret;

/// Files beside a message. All of a form's files are in memory while they arrive.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Attachments {
    /// With one message.
    pub files_max: usize,
    pub file_max_bytes: usize,
    /// For a form with files to arrive: a phone on a slow network needs minutes.
    pub upload_max_seconds: u64,
    pub files_per_network_per_hour: u32,
    /// All files together; 0: as much as there is room for.
    pub stored_max_bytes: u64,
    /// Below so much free disk no file is taken: messages need it.
    pub free_disk_min_bytes: u64,
    /// Where they lie: `s3://bucket/prefix`; empty: in the data folder.
    pub store: String,
    /// Address of the server that speaks S3; empty: Amazon's.
    pub s3_endpoint: String,
    pub s3_region: String,
    pub s3_access_key_id: String,
    pub s3_secret_access_key: Secret,
}

impl Default for Attachments {
    fn default() -> Self {
        Self {
            files_max: 5,
            file_max_bytes: 10 * 1024 * 1024,
            upload_max_seconds: 300,
            files_per_network_per_hour: 100,
            stored_max_bytes: 0,
            free_disk_min_bytes: 1024 * 1024 * 1024,
            store: String::new(),
            s3_endpoint: String::new(),
            s3_region: "us-east-1".into(),
            s3_access_key_id: String::new(),
            s3_secret_access_key: Secret::default(),
        }
    }
}
