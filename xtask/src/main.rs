//! Build steps that no ordinary tool does as we need them. The Makefile calls them:
//!
//! - `xtask bindgen IN.wasm OUT_DIR` makes the JavaScript glue of the browser half (`NAME.js`, `NAME_bg.wasm`).
//!   It does what the `wasm-bindgen` command does, always in the version of Cargo.lock, and costs a fraction of installing that.
//! - `xtask dist OUT_DIR SOURCE…` makes OUT_DIR hold exactly the files of the sources, each with a brotli copy beside it
//!   where that is smaller. A file that is already right is not touched, so that nothing is built again without a reason.

mod dist;

use std::{env, error::Error, path::Path, process::ExitCode};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const USAGE: &str = "usage: xtask bindgen IN.wasm OUT_DIR\n       xtask dist OUT_DIR SOURCE…";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["bindgen", input, out_dir] => bindgen(Path::new(input), Path::new(out_dir)),
        ["dist", out_dir, sources @ ..] if !sources.is_empty() => {
            let sources: Vec<&Path> = sources.iter().map(Path::new).collect();
            dist::sync(Path::new(out_dir), &sources).map(|report| println!("{out_dir}: {report}"))
        }
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bindgen(input: &Path, out_dir: &Path) -> Result<()> {
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(input)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out_dir)
        .map_err(|error| format!("{}: {error:#}", input.display()).into())
}
