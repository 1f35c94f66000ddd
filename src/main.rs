//! The program: its commands are in `cli`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    ajuda::cli::run().await
}
