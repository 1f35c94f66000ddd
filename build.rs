//! The browser half is embedded in the program: a changed file of it means a new program.

fn main() {
    // The browser half is made before `dist` and doesn't hold it.
    if std::env::var_os("CARGO_FEATURE_SSR").is_some() {
        println!("cargo:rerun-if-changed=dist");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
