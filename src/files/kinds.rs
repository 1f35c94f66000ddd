//! What a file is, told by its content: a name says nothing.

use super::{FileProblem, text};

/// The kinds of files that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Png,
    Jpeg,
    WebP,
    Gif,
    Pdf,
    Text,
}

/// The form's hint for the browser's file dialogue.
pub const ACCEPT: &str = "image/png,image/jpeg,image/webp,image/gif,application/pdf,text/plain,.log";

/// How `winmail.dat` begins (MS-OXTNEF, 2.1.3.1).
const TNEF: &[u8] = b"\x78\x9f\x3e\x22";
/// A ZIP archive is read from its end: its directory's end mark, and behind that at most a comment of 64 KiB.
const ZIP_END: &[u8] = b"PK\x05\x06";
const ZIP_TAIL_BYTES: usize = 22 + 65_535;
/// Readers look so far for the marks of a PDF, and browsers so far for those of HTML.
const MARK_WITHIN_BYTES: usize = 1024;

impl Kind {
    /// Everything else is refused: archives, programs, SVG, HTML, and files that are two things at once.
    pub fn of(bytes: &[u8]) -> Result<Self, FileProblem> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            Err(FileProblem::Empty)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Ok(Self::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Ok(Self::Jpeg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Ok(Self::WebP)
        } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            Ok(Self::Gif)
        } else if bytes.starts_with(b"%PDF-") {
            if is_only_pdf(bytes) { Ok(Self::Pdf) } else { Err(FileProblem::BrokenPdf) }
        } else if is_heic(bytes) {
            Err(FileProblem::Heic)
        } else if bytes.starts_with(TNEF) {
            Err(FileProblem::Winmail)
        } else {
            text::to_utf8(bytes).map(|_| Self::Text).ok_or(FileProblem::Kind)
        }
    }

    /// Whether it is decoded and written anew, so that nothing but the picture is left.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::WebP | Self::Gif)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// The endings that a name of this kind may have, the usual one first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::WebP => &["webp"],
            Self::Gif => &["gif"],
            Self::Pdf => &["pdf"],
            Self::Text => &["txt", "log", "csv", "md", "json"],
        }
    }
}

/// A PDF from the first byte to the last: nothing stands behind its end mark, no page before it, no archive in it.
fn is_only_pdf(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(MARK_WITHIN_BYTES)].to_ascii_lowercase();
    let tail = &bytes[bytes.len().saturating_sub(MARK_WITHIN_BYTES)..];
    let ends = last(tail, b"%%EOF").is_some_and(|at| tail[at + 5..].iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0));
    let has_page = [&b"<html"[..], b"<script", b"<!doctype", b"<svg", b"<body"].iter().any(|mark| last(&head, mark).is_some());
    let has_archive = last(&bytes[bytes.len().saturating_sub(ZIP_TAIL_BYTES)..], ZIP_END).is_some();
    ends && !has_page && !has_archive
}

/// Of the family of HEIF (ISO/IEC 23008-12), in which telephones keep photographs.
fn is_heic(bytes: &[u8]) -> bool {
    let is_brand = |brand: &[u8]| matches!(brand, b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1");
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(is_brand)
}

fn last(text: &[u8], mark: &[u8]) -> Option<usize> {
    text.windows(mark.len()).rposition(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says() {
        assert_eq!(Kind::of(b"%PDF-1.7\n...\n%%EOF\r\n"), Ok(Kind::Pdf));
        assert_eq!(Kind::of("Erro às 10h: não carregou\n".as_bytes()), Ok(Kind::Text));
        assert_eq!(Kind::of(b"GIF89a...."), Ok(Kind::Gif));
    }

    #[test]
    fn archives_programs_markup_and_two_things_at_once_are_refused() {
        let with_archive = [&b"%PDF-1.7\n%%EOF\n"[..], b"PK\x03\x04", b"x", b"PK\x05\x06", &[0; 18]].concat();
        let inside = [&b"%PDF-1.7\n"[..], b"PK\x03\x04x", b"PK\x05\x06", &[0; 18], b"\n%%EOF"].concat();
        let refused: [(&[u8], FileProblem); 17] = [
            (b"", FileProblem::Empty),
            (b"  \n", FileProblem::Empty),
            (b"PK\x03\x04....", FileProblem::Kind),
            (b"MZ\x90\0", FileProblem::Kind),
            (b"\x7fELF\x02", FileProblem::Kind),
            (b"#!/bin/sh\nrm -rf /", FileProblem::Kind),
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", FileProblem::Kind),
            (b"\xef\xbb\xbf\n <!DOCTYPE html><script>alert(1)</script>", FileProblem::Kind),
            (b"<?xml version='1.0'?><svg/>", FileProblem::Kind),
            (b"%PDF-1.7 <html><script>alert(1)</script>\n%%EOF", FileProblem::BrokenPdf),
            (b"%PDF-1.7\n%%EOF\n<script>alert(1)</script>", FileProblem::BrokenPdf),
            (b"%PDF-1.7\n1 0 obj", FileProblem::BrokenPdf),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", FileProblem::Heic),
            (b"\x78\x9f\x3e\x22\x01\0", FileProblem::Winmail),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", FileProblem::Kind),
            (&with_archive, FileProblem::BrokenPdf),
            (&inside, FileProblem::BrokenPdf),
        ];
        for (bytes, problem) in refused {
            assert_eq!(Kind::of(bytes), Err(problem), "{}", String::from_utf8_lossy(bytes));
        }
    }
}
