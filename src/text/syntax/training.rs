//! Opens the insides of tagger and parser to the program that trains them.

pub use super::parse::{LABEL_FEATURES, LABEL_WIDTH, LABELS, MOVE_FEATURES, best_move, label_features, move_features, only_move};
pub use super::state::{Move, Node, State};
pub use super::tag::{NO_TAG, TAG_FEATURES, TAG_WIDTH, is_title, tag_features};
pub use super::weights::{Features, Index, Known};
pub use super::word::Code;
