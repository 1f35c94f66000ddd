use super::super::super::quoted::split;
use super::{ENOUGH, text_of};
use std::time::{Duration, Instant};

const SMALL_STACK: usize = 512 * 1024;
/// Without optimisation and beside other tests: were the work not linear, it would take minutes.
const SLOW: Duration = Duration::from_secs(10);

fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(SMALL_STACK).spawn(work).expect("a thread");
    thread.join().expect("no panic");
}

#[test]
fn a_tag_with_very_many_quoted_values_does_not_overflow_the_stack() {
    on_a_small_stack(|| {
        for values in ["a=\"x\" ", "a='x' ", "a=\"x\"", "a = \"x\" b='y' ", "a=\"&amp;\" ", "a=\"x\"/", "style=\"a:b\" c "] {
            let many = values.repeat(200_000);
            for html in [format!("<p {many}>fim"), format!("<p {many}"), format!("x</p {many}>fim"), format!("<p a=\"{many}\">fim")] {
                let text = text_of(&html, ENOUGH);
                assert!(text.len() < 200 || text.len() <= ENOUGH, "{}", text.len());
            }
        }
    });
}

#[test]
fn no_attribute_of_an_ordinary_tag_is_lost() {
    let many: String = (0..90).map(|number| format!("data-{number}=\"v\" ")).collect();
    for html in
        [format!("<a {many}href=\"https://a.example/x\">um</a>"), format!("<a {}href=\"https://a.example/x\"/>um</a>", many.replace("\" ", "\""))]
    {
        assert_eq!(text_of(&html, ENOUGH), "um (https://a.example/x)");
    }
    let unended = "y=\"x\" ".repeat(150);
    assert_eq!(text_of(&format!("<p {unended}>fim <b a=\"1\">e mais</b>"), ENOUGH), "fim e mais");
}

#[test]
fn deep_and_unended_elements_are_read() {
    on_a_small_stack(|| {
        for tag in ["div", "blockquote", "b", "a href='https://a.example'", "ul><li", "table><tr><td", "x-y", "svg"] {
            let started = Instant::now();
            let name = tag.split([' ', '>']).next().unwrap_or_default();
            let (open, few) = (format!("<{tag}>").repeat(100_000), format!("<{tag}>").repeat(20_000));
            let (ends, others) = (format!("</{name}>").repeat(20_000), "</p></div>x".repeat(10_000));
            for html in [format!("{open}x"), format!("{few}x{ends}y"), format!("{few}{others}")] {
                let text = text_of(&html, 1000);
                assert!(text.chars().count() <= 1000);
                let _ = split(&text);
            }
            assert!(started.elapsed() < SLOW, "{tag} took {:?}", started.elapsed());
        }
    });
}

#[test]
fn long_inputs_end_soon() {
    const BYTES: usize = 1_000_000;
    for piece in [
        "<",
        "<a",
        "<p>",
        "<b>",
        "&",
        "&nbsp;",
        " ",
        "\0",
        "<!--",
        "<br>",
        "<p hidden>x",
        "<p a=",
        "<p style=\"a:b\">",
        "\u{200b}",
        "</p>",
        "<title>",
        "x",
    ] {
        let html = piece.repeat(BYTES / piece.len());
        let started = Instant::now();
        let text = text_of(&html, 1000);
        assert!(started.elapsed() < SLOW, "{piece} took {:?}", started.elapsed());
        assert!(text.chars().count() <= 1000, "{piece}");
    }
}

#[test]
fn a_picture_within_an_attribute_costs_little_and_the_text_behind_it_is_read() {
    let html = format!("<img alt=\"Tela\" src=\"data:image/png;base64,{}\">fim", "A".repeat(10_000_000));
    assert_eq!(text_of(&html, ENOUGH), "[Tela]fim");
}

#[test]
fn the_text_has_its_bound() {
    let html = "<blockquote><p>çãé <a href='https://a.example/b'>x</a></p></blockquote><table><tr><td>a<td>b</table><ol><li>x</ol>".repeat(20);
    for chars_max in 0..300 {
        assert!(text_of(&html, chars_max).chars().count() <= chars_max);
    }
    assert_eq!(text_of("<p>maçã</p>", 3), "maç");
}

#[test]
fn tag_soup_never_panics() {
    const PIECES: [&str; 48] = [
        "<p>",
        "</p>",
        "<div",
        ">",
        "</div>",
        "<b>De:</b>",
        "<b>Para:",
        "</b>",
        "<a href='https://a.example/",
        "'",
        "\"",
        "</a>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "<ul>",
        "<ol start=9>",
        "<li>",
        "</ul>",
        "<blockquote>",
        "</blockquote>",
        "<pre>",
        "</pre>",
        "\n",
        " ",
        "é",
        "\u{200b}",
        "👋",
        "&nbsp;",
        "&#0;",
        "&#x110000;",
        "&am",
        "<hr>",
        "<br>",
        "<div class=gmail_signature>",
        "<div style='border:none;border-top:solid 1pt'>",
        "<p hidden>",
        "<svg>",
        "</svg>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<span style='font-size:0'>",
        "-- ",
    ];
    let mut seed = 7_u64;
    for _ in 0..3_000 {
        let mut html = String::new();
        for _ in 0..40 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            html += PIECES[(seed >> 33) as usize % PIECES.len()];
        }
        for chars_max in [5, 60, ENOUGH] {
            let text = text_of(&html, chars_max);
            assert!(text.chars().count() <= chars_max && !text.contains("\n\n\n\n\n\n\n\n\n\n\n\n\n"), "{text:?} of {html:?}");
            let _ = split(&text);
        }
    }
}
