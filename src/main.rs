//! Arguments in, exit code out.

use std::process::ExitCode;

// Rendering makes many small texts on all cores at once, which the system's allocator serialises.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    jalon::cli::run(std::env::args_os())
}
