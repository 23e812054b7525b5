//! `jalon import siecle`: the files of SIECLE and of STS, read within bounds and turned into a plan.
//!
//! `decode`, `open` and `xml` read what an office exported, whatever was done to it since; `pupils`,
//! `guardians` and `staff` give plain structs, one file a source; `plan` says what they change.

mod decode;
mod guardians;
mod open;
mod plan;
mod pupils;
mod staff;
mod value;
mod xml;

pub use guardians::{Address, GuardianFile, Link, Parent};
pub use open::{FileError, LARGEST, Named, Origin, SourceFile, SourceKind, named, open};
pub use plan::{Allowed, Given, Refusal, plan};
pub use pupils::{ElectedSubject, Pupil, PupilFile};
pub use staff::{Division, FormTeacher, Group, Mef, Person, Service, StaffFile, Subject};
