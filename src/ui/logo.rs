//! The company's logo, which stands in the header in place of the help center's own mark. Read once, at the start.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use imagesize::ImageType;

use super::brand::Brand;

/// A logo is loaded with every first page: larger ones cost readers on a slow network more than they give.
const LOGO_MAX_BYTES: u64 = 100 * 1024;

/// A picture that browsers show safely. An SVG is never put into a page, only shown as a picture, and served with a content policy that
/// lets nothing in it run.
#[derive(Debug)]
pub struct Logo {
    /// Name among the assets; its ending is that of its contents.
    pub name: String,
    pub bytes: Vec<u8>,
    /// Width by height, where the file tells, so that nothing moves when it arrives.
    pub ratio: Option<f64>,
}

/// Why a logo can't be shown, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{key}: {file} {what}")]
pub struct LogoError {
    key: &'static str,
    file: String,
    what: String,
}

/// The logo and the one for the dark theme, as far as they are configured.
pub fn read_all(brand: &Brand) -> Result<(Option<Logo>, Option<Logo>), LogoError> {
    Ok((read("brand.logo", "logo", &brand.logo)?, read("brand.logo_dark", "logo-dark", &brand.logo_dark)?))
}

fn read(key: &'static str, stem: &str, file: &Path) -> Result<Option<Logo>, LogoError> {
    if file.as_os_str().is_empty() {
        return Ok(None);
    }
    let wrong = |what: String| LogoError { key, file: file.display().to_string(), what };
    let mut bytes = Vec::new();
    File::open(file).and_then(|file| file.take(LOGO_MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(|error| {
        wrong(format!("can't be read ({}). Check the path, which begins where the program is started, and its rights.", error.kind()))
    })?;
    if bytes.len() as u64 > LOGO_MAX_BYTES {
        return Err(wrong(format!("is larger than {} KiB. It is shown 32 pixels high: save it smaller, or as SVG.", LOGO_MAX_BYTES / 1024)));
    }
    let (ending, ratio) = kind(&bytes).map_err(|what| wrong(what.to_owned()))?;
    Ok(Some(Logo { name: format!("{stem}.{ending}"), bytes, ratio }))
}

/// What a file is, by its contents.
fn kind(bytes: &[u8]) -> Result<(&'static str, Option<f64>), &'static str> {
    let ending = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => "png",
        Ok(ImageType::Webp) => "webp",
        _ => {
            return std::str::from_utf8(bytes)
                .ok()
                .and_then(svg)
                .ok_or("is no picture for a header. Save it as SVG, PNG or WebP.")?
                .map(|ratio| ("svg", ratio));
        }
    };
    let size = imagesize::blob_size(bytes).ok().filter(|size| size.width > 0 && size.height > 0);
    let size = size.ok_or("is damaged: its size can't be read. Save it again as SVG, PNG or WebP.")?;
    Ok((ending, Some(size.width as f64 / size.height as f64)))
}

/// The ratio of an SVG; `None` when the text is none.
fn svg(text: &str) -> Option<Result<Option<f64>, &'static str>> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while !rest.starts_with("<svg") {
        let end = [("<?", "?>"), ("<!--", "-->"), ("<!", ">")].into_iter().find(|(start, _)| rest.starts_with(start))?.1;
        rest = rest.split_once(end)?.1.trim_start();
    }
    let tag = rest.split_once('>').map_or(rest, |(tag, _)| tag);
    if !rest.trim_end().ends_with("</svg>") {
        return Some(Err("is damaged: it does not end with </svg>. Save it again."));
    }
    if !tag.contains("http://www.w3.org/2000/svg") {
        return Some(Err("would not be shown: write xmlns=\"http://www.w3.org/2000/svg\" into its <svg>."));
    }
    Some(Ok(view_box(tag)))
}

fn view_box(tag: &str) -> Option<f64> {
    let value = tag.split_once("viewBox=")?.1;
    let quote = value.chars().next()?;
    let value = value[quote.len_utf8()..].split(quote).next()?;
    let numbers: Vec<f64> = value.split([' ', ',']).filter(|piece| !piece.is_empty()).map_while(|piece| piece.trim().parse().ok()).collect();
    match numbers.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some(width / height),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn a_logo_is_what_its_contents_are() {
        let svg = "\u{feff}<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90,30\"><path d=\"M0 0\"/></svg>\n";
        assert_eq!(kind(svg.as_bytes()), Ok(("svg", Some(3.0))));
        assert_eq!(kind(svg.replace("viewBox", "data-box").as_bytes()), Ok(("svg", None)));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x20\x08\x06\0\0\0";
        assert_eq!(kind(png), Ok(("png", Some(2.0))));
    }

    #[test]
    fn what_would_not_be_shown_is_refused() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>";
        for broken in ["", "no picture", "<html><svg></svg></html>", "<!-- <svg></svg>", "<svg></svg>", &svg[..30], "GIF89a\x01\0\x01\0", "\u{89}PNG"]
        {
            assert!(kind(broken.as_bytes()).is_err(), "{broken:?}");
        }
        assert!(kind(&[0xff, 0xd8, 0xff, 0xe0, 0, 0]).is_err(), "JPEG knows no transparency");
        assert!(kind(svg.as_bytes()).is_ok());
    }
}
