//! The admin schema as it is committed: every document of this crate is checked against it while it is compiled.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cynic_codegen::register_schema("admin").from_sdl_file("../admin-schema.graphql")?.as_default()?;
    Ok(())
}
