//! Rebuilds the crate when a file of the ontology comes or goes: the macro that builds them in sees changes only.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=ontology");
}
