//! A QR code as a drawing in the page: no file, and no service that would see the secret.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around it, so that cameras find it (ISO/IEC 18004, 6.3.8).
const QUIET: i32 = 4;

/// Dark on white in every theme: some cameras read nothing else. `None` where the text is too long.
pub(super) fn draw(text: &str, label: &'static str) -> Option<AnyView> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size() + 2 * QUIET;
    let cells = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    let path: String = cells.filter(|(x, y)| code.get_module(*x, *y)).map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET)).collect();
    let drawing = view! {
        <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
            <rect width="100%" height="100%" fill="#fff" stroke="none" />
            <path d=path fill="#000" stroke="none" />
        </svg>
    };
    Some(drawing.into_any())
}
