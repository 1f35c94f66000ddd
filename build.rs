//! The browser half is embedded in the program: a changed file of it means a new program.

fn main() {
    println!("cargo:rerun-if-changed=dist");
    println!("cargo:rerun-if-changed=migrations");
}
