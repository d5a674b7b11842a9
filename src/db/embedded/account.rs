//! Who runs PostgreSQL, and which folders that account needs.
//!
//! An ordinary user runs it as themself. PostgreSQL refuses root, so for root it runs as
//! 1. the owner of the cluster, or else of the data folder, where it exists and root does not own it,
//! 2. else `postgres`, if there is such a user,
//! 3. else `nobody`.
//!
//! That account must be able to reach the folder. When a folder above it bars the way (as /root does, being 0700),
//! nobody's permissions are changed: the data goes to `/var/lib/oppsera-pms/<hash of the path>` instead, so that each
//! path given has one place that survives a reboot, and a warning says where. Only folders and files made here are ever
//! given to the account.

use std::{
    fs::{self, DirBuilder, File},
    io::ErrorKind,
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown, fchown},
    },
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail, ensure};

/// Stands in for folders that root's unprivileged account cannot reach.
const FALLBACK_FOLDER: &str = "/var/lib/oppsera-pms";

/// The address of a Unix socket has 103 bytes on some systems; this leaves room for its name in the folder.
const SOCKET_FOLDER_BYTES_MOST: usize = 100 - "/.s.PGSQL.5432.lock".len();

/// The unprivileged account that root runs PostgreSQL as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub uid: u32,
    pub gid: u32,
}

impl Account {
    /// None for an ordinary user, who needs no other account.
    pub fn for_folder(data_dir: &Path) -> anyhow::Result<Option<Self>> {
        if own_uid()? != 0 {
            return Ok(None);
        }
        let owners = [data_dir.join("pg"), data_dir.to_owned()].map(fs::metadata);
        if let Some(owned) = owners.into_iter().flatten().find(|it| it.uid() != 0) {
            let gid = id("-g", &owned.uid().to_string()).unwrap_or(owned.gid());
            return Ok(Some(Self { uid: owned.uid(), gid }));
        }
        for name in ["postgres", "nobody"] {
            if let (Some(uid), Some(gid)) = (id("-u", name), id("-g", name)) {
                return Ok(Some(Self { uid, gid }));
            }
        }
        bail!("PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as")
    }

    /// Whether the account may pass every folder down to this one, which may be a file's or program's.
    /// The mode bits decide; access lists are not looked at.
    pub fn can_enter(&self, folder: &Path) -> bool {
        folder.ancestors().all(|it| {
            fs::metadata(it).is_ok_and(|it| {
                let bit = match (it.uid() == self.uid, it.gid() == self.gid) {
                    (true, _) => 0o100,
                    (false, true) => 0o010,
                    (false, false) => 0o001,
                };
                it.mode() & bit != 0
            })
        })
    }
}

/// Makes the data folder and returns its true path, or that of its stand-in.
pub(super) fn reachable_folder(wanted: &Path, account: Option<&Account>) -> anyhow::Result<PathBuf> {
    let wanted = std::path::absolute(wanted)?;
    let made = make_folder(&wanted, account)?;
    let Some(account) = account else { return Ok(made) };
    if account.can_enter(&made) {
        return Ok(made);
    }

    let fallback = Path::new(FALLBACK_FOLDER).join(short_hash(&made));
    let instead = make_folder(&fallback, Some(account))?;
    ensure!(
        account.can_enter(&instead),
        "user {} which runs PostgreSQL for root can reach neither {} nor {}; give a folder that all may enter",
        account.uid,
        made.display(),
        instead.display()
    );
    tracing::warn!(
        "PostgreSQL does not run as root, and user {} cannot reach {}: the data is in {} instead",
        account.uid,
        made.display(),
        instead.display()
    );
    Ok(instead)
}

/// The folder of the Unix socket, which only PostgreSQL's account (and root) may enter: entering is the log-in.
pub(super) fn socket_folder(data_dir: &Path, account: Option<&Account>) -> anyhow::Result<PathBuf> {
    let inside = data_dir.join("run");
    let folder = if inside.as_os_str().len() <= SOCKET_FOLDER_BYTES_MOST {
        inside
    } else {
        PathBuf::from(format!("/tmp/pms-{}", short_hash(data_dir)))
    };
    own_folder(&folder, account)?;
    Ok(folder)
}

/// Makes a folder of mode 0700 for the account. One that exists must be just that already: below /tmp, anybody
/// could have made it.
pub(super) fn own_folder(folder: &Path, account: Option<&Account>) -> anyhow::Result<()> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => {
            if let Some(account) = account {
                chown(folder, Some(account.uid), Some(account.gid))?;
            }
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error).with_context(|| format!("cannot make {}", folder.display())),
    }

    let found = fs::symlink_metadata(folder)?;
    let owner = match account {
        Some(account) => account.uid,
        None => own_uid()?,
    };
    ensure!(
        found.is_dir() && found.uid() == owner,
        "{} belongs to user {} and not to user {owner}, who runs PostgreSQL here; run as the same user as before, or \
         give another folder",
        folder.display(),
        found.uid()
    );
    if found.mode() & 0o077 != 0 {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Opens a file of ours in the data folder for reading and appending. When made here it is given to the account, so
/// that it can be used by the folder's owner after a run by root. No link is followed: the folder may be another
/// user's, and we may be root.
pub(super) fn open_file(path: &Path, account: Option<&Account>) -> anyhow::Result<File> {
    let mut options = File::options();
    options.read(true).append(true);
    let opened = match options.clone().create_new(true).open(path) {
        Ok(made) => account.map_or(Ok(()), |it| fchown(&made, Some(it.uid), Some(it.gid))).map(|()| made),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            ensure!(fs::symlink_metadata(path)?.is_file(), "{} is not a plain file", path.display());
            options.open(path)
        }
        Err(error) => Err(error),
    };
    opened.with_context(|| format!("cannot open {}; run as the same user as before", path.display()))
}

/// Makes a folder and those above it. When PostgreSQL runs as another account, all may enter the ones made here,
/// whatever our umask is; what is private is in folders of its own.
fn make_folder(folder: &Path, account: Option<&Account>) -> anyhow::Result<PathBuf> {
    let missing: Vec<_> = folder.ancestors().take_while(|it| !it.exists()).collect();
    for it in missing.into_iter().rev() {
        let made = fs::create_dir(it).and_then(|()| match account {
            Some(_) => fs::set_permissions(it, fs::Permissions::from_mode(0o755)),
            None => Ok(()),
        });
        match made {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(error).with_context(|| format!("cannot make the folder {}", it.display()));
            }
            _ => {}
        }
    }
    folder.canonicalize().with_context(|| format!("cannot use the folder {}", folder.display()))
}

/// FNV-1a, 64 bits: the same for all time, so that each path keeps its own folder.
fn short_hash(path: &Path) -> String {
    let bytes = path.as_os_str().as_bytes();
    let hash =
        bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// The effective user of this process: the system names it as the peer of a socket to ourselves.
fn own_uid() -> anyhow::Result<u32> {
    let (one, _other) = tokio::net::UnixStream::pair()?;
    Ok(one.peer_cred()?.uid())
}

/// What `id` says of a user; portable, where /etc/passwd is not all there is.
fn id(what: &str, user: &str) -> Option<u32> {
    let output = Command::new("id").args([what, user]).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok()?.trim().parse().ok())?
}
