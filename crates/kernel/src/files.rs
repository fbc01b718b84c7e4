//! Attachments' bytes. Stub.

/// The store.
#[derive(Debug, Clone, Default)]
pub struct Files;
