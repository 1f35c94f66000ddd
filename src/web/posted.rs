//! What a page posted, with or without files: an urlencoded body or `multipart/form-data` becomes pairs and files.
//!
//! What is read here goes to `Files::take_form`, which checks and keeps the files, or to a use case of `intake`, which does so first of all. The address
//! must stand among those that take files in `site/router.rs`.

use std::net::IpAddr;
use std::sync::LazyLock;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};

use super::metered::{HELD_MAX_BYTES, Metered, Taken};
use super::shares::{Share, Shares};
use super::{Failure, form};
use crate::values::Network;

/// Parts that one form may post.
const PARTS_MAX: usize = 100;
/// All that is arriving at the same time, each network with its share; what doesn't fit is told to come again.
const ARRIVING_MAX_KIB: usize = 256 * 1024;
static ARRIVING: LazyLock<Shares> = LazyLock::new(|| Shares::new(ARRIVING_MAX_KIB));

/// How much one form may post.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// All that isn't a file.
    pub text_max_bytes: usize,
    pub files_max: usize,
    pub file_max_bytes: usize,
}

impl Bounds {
    /// Where even reading on is refused. Up to there, what is too much is read and dropped, so that the text around it can be shown again.
    pub fn body_max_bytes(self) -> usize {
        self.files_max.saturating_add(1).saturating_mul(self.file_max_bytes).saturating_mul(2).saturating_add(self.text_max_bytes)
    }
}

/// A form as it was posted.
#[derive(Default)]
pub struct Posted {
    pub pairs: Vec<(String, String)>,
    pub files: Vec<PostedFile>,
}

/// One file of a form.
pub struct PostedFile {
    /// The control's name.
    pub field: String,
    /// What the sender calls it: any text at all.
    pub name: String,
    pub content: Content,
}

pub enum Content {
    Whole(Arrived),
    /// More bytes than one file may have.
    TooLarge,
    /// More files than one form may have.
    TooMany,
    /// Too much arrives at the same time, from everybody.
    NoRoom,
}

/// A file's bytes, which count against what may arrive at the same time until this is dropped.
pub struct Arrived {
    pub bytes: Bytes,
    _room: Option<Share>,
}

impl Arrived {
    /// Bytes that came another way, where their amount is bounded already.
    pub fn elsewhere(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into(), _room: None }
    }
}

/// Reads a form's body that somebody sends from an address.
pub async fn read(request: Request, bounds: Bounds, from: IpAddr) -> Result<Posted, Failure> {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media_type.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
        let body = to_bytes(request.into_body(), bounds.text_max_bytes).await.map_err(|_| Failure::TooLarge)?;
        return Ok(Posted { pairs: form::pairs(&body), files: Vec::new() });
    }
    // For the heads of its parts, and what was not taken yet.
    let held = usize::try_from(HELD_MAX_BYTES / 1024).unwrap_or(usize::MAX);
    let Some(_room) = ARRIVING.try_take(Some(Network::from(from)), held) else { return Err(Failure::Unavailable) };
    let taken = Taken::default();
    let request = request.map(|body| Body::new(Metered::new(body, taken.clone())));
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Failure::BadRequest)?;
    let mut reader = Reader { bounds, from, taken, text_bytes: 0, posted: Posted::default() };
    for _ in 0..PARTS_MAX {
        let Some(field) = parts.next_field().await.map_err(|error| failure(&error))? else { return Ok(reader.posted) };
        reader.taken.add(0);
        reader.read(field).await?;
    }
    Err(Failure::BadRequest)
}

/// Takes one part of a form after the other.
struct Reader {
    bounds: Bounds,
    from: IpAddr,
    taken: Taken,
    text_bytes: usize,
    posted: Posted,
}

impl Reader {
    async fn read(&mut self, field: Field<'_>) -> Result<(), Failure> {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(file) => {
                let content = self.file(field).await?;
                // A control that nothing was chosen in posts an empty file without a name.
                if !(file.is_empty() && matches!(&content, Some(Content::Whole(arrived)) if arrived.bytes.is_empty())) {
                    let content = content.unwrap_or(Content::TooMany);
                    self.posted.files.push(PostedFile { field: name, name: file, content });
                }
            }
            None => {
                let value = self.text(field).await?;
                self.text_bytes += name.len() + value.len();
                self.posted.pairs.push((name, value));
            }
        }
        Ok(())
    }

    async fn chunk(&self, field: &mut Field<'_>) -> Result<Option<Bytes>, Failure> {
        let chunk = field.chunk().await.map_err(|error| failure(&error))?;
        self.taken.add(chunk.as_ref().map_or(0, Bytes::len));
        Ok(chunk)
    }

    async fn text(&self, mut field: Field<'_>) -> Result<String, Failure> {
        let max_bytes = self.bounds.text_max_bytes.saturating_sub(self.text_bytes);
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk(&mut field).await? {
            if bytes.len() + chunk.len() > max_bytes {
                return Err(Failure::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What a file holds; `None` where something came although there is no room for one more file. All is read in any case: the text may stand
    /// behind it.
    async fn file(&self, mut field: Field<'_>) -> Result<Option<Content>, Failure> {
        let room_for_more = self.posted.files.len() < self.bounds.files_max;
        let (mut bytes, mut room, mut refused) = (Vec::new(), None, None);
        while let Some(chunk) = self.chunk(&mut field).await? {
            if refused.is_some() || chunk.is_empty() {
                continue;
            }
            refused = if !room_for_more {
                Some(Content::TooMany)
            } else if bytes.len() + chunk.len() > self.bounds.file_max_bytes {
                Some(Content::TooLarge)
            } else if self.make_room(&mut room, chunk.len().div_ceil(1024)) {
                bytes.extend_from_slice(&chunk);
                None
            } else {
                Some(Content::NoRoom)
            };
            if refused.is_some() {
                bytes = Vec::new();
                room = None;
            }
        }
        Ok(match refused {
            Some(Content::TooMany) => None,
            Some(content) => Some(content),
            None => Some(Content::Whole(Arrived { bytes: bytes.into(), _room: room })),
        })
    }

    fn make_room(&self, room: &mut Option<Share>, kib: usize) -> bool {
        match room {
            Some(room) => room.grow(kib),
            None => {
                *room = ARRIVING.try_take(Some(Network::from(self.from)), kib);
                room.is_some()
            }
        }
    }
}

fn failure(error: &MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Failure::TooLarge } else { Failure::BadRequest }
}
