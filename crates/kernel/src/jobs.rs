//! Long work. Stub.

/// The queue.
#[derive(Debug, Clone, Default)]
pub struct Jobs;
