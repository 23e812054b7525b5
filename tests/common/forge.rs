//! What a forge does with a pipeline: which jobs run when, each in a fresh clone, with what artifacts.
#![allow(dead_code, unreachable_pub, reason = "a part of one test")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![allow(clippy::disallowed_methods, reason = "tests make and break schools of their own")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// When a forge runs jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    Proposal,
    Main,
    /// With the site published.
    MainPublished,
    Night,
}

/// A pipeline of one of the two families.
pub struct Forge {
    jobs: Vec<Job>,
}

/// A job of one machine.
struct Job {
    name: String,
    when: Box<dyn Fn(Scenario) -> bool>,
    /// Variables that differ from machine to machine, one list a machine.
    machines: Vec<Vec<(String, String)>>,
    steps: Vec<Step>,
}

enum Step {
    Run {
        script: String,
        variables: Vec<(String, String)>,
    },
    /// Keeps paths, which stand below a folder, under a name.
    Upload {
        name: String,
        root: PathBuf,
        paths: Vec<PathBuf>,
    },
    /// Brings back what has a name that begins so.
    Download {
        prefix: String,
        to: PathBuf,
    },
}

/// What jobs have left.
#[derive(Default)]
pub struct Done {
    kept: Vec<(String, PathBuf, tempfile::TempDir)>,
    pub log: Vec<String>,
}

/// Where jobs run.
pub struct Surroundings<'a> {
    pub school: &'a Path,
    pub bin: &'a Path,
    pub base: &'a str,
    pub head: &'a str,
}

/// Whether what a test needs must be there.
pub fn is_required() -> bool {
    std::env::var_os("JALON_PAGES").is_some_and(|value| value == "required")
}

/// The jobs of a `.gitlab-ci.yml`.
pub fn gitlab_jobs(pipeline: &Value) -> impl Iterator<Item = (&String, &Value)> {
    pipeline.as_object().unwrap().iter().filter(|(_, job)| job.get("script").is_some())
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(|item| item.as_str().unwrap().to_owned()).collect(),
        Value::String(text) => text.lines().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Whether `a == "b" && c != 'd'` holds; `value` gives the value of a name.
fn holds(condition: &str, value: &dyn Fn(&str) -> String) -> bool {
    condition.split("&&").all(|part| {
        let (sign, (name, wanted)) = match part.split_once("!=") {
            Some(sides) => (false, sides),
            None => (true, part.split_once("==").unwrap_or_else(|| panic!("{part}"))),
        };
        let side = |side: &str| {
            let side = side.trim();
            match side.trim_matches(['"', '\'']) {
                bare if bare.len() < side.len() => bare.to_owned(),
                name => value(name),
            }
        };
        (side(name) == side(wanted)) == sign
    })
}

/// What GitLab sets.
fn gitlab_variable(scenario: Scenario, name: &str) -> String {
    let source = match scenario {
        Scenario::Proposal => "merge_request_event",
        Scenario::Night => "schedule",
        _ => "push",
    };
    match name {
        "$CI_PIPELINE_SOURCE" => source.into(),
        "$CI_DEFAULT_BRANCH" => "main".into(),
        "$CI_COMMIT_BRANCH" if scenario != Scenario::Proposal => "main".into(),
        "$CI_COMMIT_BRANCH" => String::new(),
        "$JALON_PUBLIER" if scenario == Scenario::MainPublished => "oui".into(),
        "$JALON_FAMILLES" if scenario == Scenario::MainPublished => "oui".into(),
        "$JALON_PUBLIER" | "$JALON_FAMILLES" => "non".into(),
        _ => panic!("{name}"),
    }
}

/// What GitHub and Forgejo know.
fn event(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::Proposal => "pull_request",
        Scenario::Night => "schedule",
        _ => "push",
    }
}

impl Forge {
    /// Reads a `.gitlab-ci.yml`.
    pub fn gitlab(pipeline: &Value) -> Self {
        let whole = pipeline["workflow"]["rules"].clone();
        let stages = strings(&pipeline["stages"]);
        let mut jobs: Vec<(&String, &Value)> = gitlab_jobs(pipeline).collect();
        jobs.sort_by_key(|(_, job)| {
            stages.iter().position(|stage| Some(stage.as_str()) == job["stage"].as_str())
        });
        let jobs = jobs.into_iter().map(|(name, job)| {
            let (whole, rules) = (whole.clone(), job["rules"].clone());
            let first = |rules: &Value, scenario| {
                let rules = rules.as_array().unwrap().clone();
                rules.into_iter().find(|rule| {
                    holds(rule["if"].as_str().unwrap(), &|name| gitlab_variable(scenario, name))
                })
            };
            let when = move |scenario| {
                first(&whole, scenario).is_some()
                    && first(&rules, scenario).is_some_and(|rule| rule["when"] != "manual")
            };
            let parallel = job["parallel"].as_u64();
            let machines = (1..=parallel.unwrap_or(1)).map(|index| {
                let index = ("CI_NODE_INDEX".to_owned(), index.to_string());
                vec![index, ("CI_NODE_TOTAL".to_owned(), parallel.unwrap_or(1).to_string())]
            });
            // Every job gets what those before it have left.
            let mut steps = vec![Step::Download { prefix: String::new(), to: PathBuf::new() }];
            for script in strings(&pipeline["default"]["before_script"]) {
                steps.push(Step::Run { script, variables: Vec::new() });
            }
            for script in strings(&job["script"]) {
                steps.push(Step::Run { script, variables: Vec::new() });
            }
            let mut paths = strings(&job["artifacts"]["paths"]);
            let reports = job["artifacts"]["reports"].as_object();
            paths.extend(reports.into_iter().flatten().map(|(_, at)| at.as_str().unwrap().into()));
            if !paths.is_empty() {
                let paths = paths.iter().map(PathBuf::from).collect();
                steps.push(Step::Upload { name: name.clone(), root: PathBuf::new(), paths });
            }
            Job { name: name.clone(), when: Box::new(when), machines: machines.collect(), steps }
        });
        Self { jobs: jobs.collect() }
    }

    /// Reads a workflow of GitHub or Forgejo.
    pub fn actions(workflow: &Value) -> Self {
        let jobs = workflow["jobs"].as_object().unwrap();
        // The order of the file: a job comes after those it needs.
        let mut order: Vec<&String> = Vec::new();
        while order.len() < jobs.len() {
            for (name, job) in jobs {
                let needs = job["needs"].as_str();
                let ready = needs.is_none_or(|needs| order.iter().any(|done| *done == needs));
                if ready && !order.contains(&name) {
                    order.push(name);
                }
            }
        }
        let jobs = order.into_iter().map(|name| {
            let job = &jobs[name];
            let condition = job["if"].as_str().unwrap_or("'a' == 'a'").to_owned();
            let when = move |scenario| {
                holds(&condition, &|name| match name {
                    "github.event_name" => event(scenario).into(),
                    "vars.JALON_FAMILLES" if scenario == Scenario::MainPublished => "oui".into(),
                    "vars.JALON_FAMILLES" => "non".into(),
                    _ => panic!("{name}"),
                })
            };
            let matrix = job["strategy"]["matrix"].as_object();
            let machines = match matrix.and_then(|matrix| matrix.iter().next()) {
                Some((key, values)) => {
                    let values = values.as_array().unwrap().iter();
                    values.map(|one| vec![(format!("matrix.{key}"), one.to_string())]).collect()
                }
                None => vec![Vec::new()],
            };
            let steps = job["steps"].as_array().unwrap().iter().filter_map(step).collect();
            Job { name: name.clone(), when: Box::new(when), machines, steps }
        });
        Self { jobs: jobs.collect() }
    }

    /// The jobs that start by themselves, in order.
    pub fn jobs_of(&self, scenario: Scenario) -> Vec<&str> {
        let jobs = self.jobs.iter().filter(|job| (job.when)(scenario));
        jobs.map(|job| job.name.as_str()).collect()
    }

    /// Runs them; those that print only when there is a browser.
    pub fn run(&self, scenario: Scenario, around: &Surroundings<'_>, prints: bool) -> Done {
        let mut done = Done::default();
        for job in self.jobs.iter().filter(|job| (job.when)(scenario)) {
            let needs_documents =
                ["imprimer", "publier", "pages", "familles"].contains(&job.name.as_str());
            if needs_documents && !prints {
                continue;
            }
            // Machines of one job do not see each other.
            let mut left = Vec::new();
            for machine in &job.machines {
                let clone = tempfile::tempdir().unwrap();
                copy(around.school, clone.path());
                for step in &job.steps {
                    match step {
                        Step::Run { script, variables } => {
                            let known = known(scenario, around, machine);
                            let mut variables: Vec<(String, String)> = variables
                                .iter()
                                .map(|(name, text)| (name.clone(), expanded(text, &known)))
                                .collect();
                            variables
                                .extend(known.into_iter().filter(|(name, _)| !name.contains('.')));
                            let variables: Vec<(&str, &str)> =
                                variables.iter().map(|(name, text)| (&**name, &**text)).collect();
                            let ran = around.bash(clone.path(), script, &variables);
                            let said = String::from_utf8_lossy(&ran.stdout).into_owned()
                                + &String::from_utf8_lossy(&ran.stderr);
                            assert!(
                                ran.status.success(),
                                "{scenario:?} {}: {script}\n{said}",
                                job.name
                            );
                            done.log.push(format!("{}: {said}", job.name));
                        }
                        Step::Upload { name, root, paths } => {
                            let kept = tempfile::tempdir().unwrap();
                            for path in paths {
                                let from = clone.path().join(path);
                                let inside = path.strip_prefix(root).unwrap();
                                // What a machine has not made is not kept; reports always are.
                                assert!(
                                    from.exists() || machine.len() + job.machines.len() > 1,
                                    "{path:?}"
                                );
                                copy(&from, &kept.path().join(inside));
                            }
                            left.push((name.clone(), root.clone(), kept));
                        }
                        Step::Download { prefix, to } => {
                            for (name, _, kept) in &done.kept {
                                if name.starts_with(prefix.as_str()) {
                                    copy(kept.path(), &clone.path().join(to));
                                }
                            }
                        }
                    }
                }
            }
            done.kept.extend(left);
        }
        done
    }
}

/// A step of GitHub or Forgejo.
fn step(step: &Value) -> Option<Step> {
    let with = |key: &str| step["with"][key].as_str().unwrap_or_default();
    if let Some(script) = step["run"].as_str() {
        let variables = step["env"].as_object().into_iter().flatten();
        let variables =
            variables.map(|(name, value)| (name.clone(), value.as_str().unwrap().into()));
        return Some(Step::Run { script: script.to_owned(), variables: variables.collect() });
    }
    let action = step["uses"].as_str().unwrap();
    let name = action.rsplit_once('/').unwrap().1.split('@').next().unwrap();
    match name {
        "checkout" | "cache" => None,
        "upload-artifact" => {
            let paths: Vec<PathBuf> = with("path").lines().map(PathBuf::from).collect();
            // Several paths are kept from the folder they share, one from itself.
            let root = match paths.as_slice() {
                [one] => one.clone(),
                several => several[0].parent().unwrap().to_path_buf(),
            };
            Some(Step::Upload { name: with("name").into(), root, paths })
        }
        "download-artifact" => {
            let prefix = with("pattern").trim_end_matches('*').to_owned();
            Some(Step::Download { prefix, to: with("path").into() })
        }
        _ => panic!("{action}"),
    }
}

/// The secret of the families, for the jobs of the main line that ask for it.
const SECRET: &str = "KCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCQ0RFRkc=";

/// What a job of a machine knows, as variables and, with a dot, as expressions.
fn known(
    scenario: Scenario,
    around: &Surroundings<'_>,
    machine: &[(String, String)],
) -> Vec<(String, String)> {
    let is_proposal = scenario == Scenario::Proposal;
    let base = if is_proposal { around.base } else { "" };
    let mut known: Vec<(String, String)> = machine.to_vec();
    known.push(("github.event.pull_request.base.sha".into(), base.into()));
    known.push(("JALON_VERSION".into(), env!("CARGO_PKG_VERSION").into()));
    if scenario == Scenario::MainPublished {
        known.push(("secrets.JALON_SECRET".into(), SECRET.into()));
        // A protected variable of GitLab is there for every job of the main line.
        known.push(("JALON_SECRET".into(), SECRET.into()));
    }
    if is_proposal {
        known.push(("CI_MERGE_REQUEST_DIFF_BASE_SHA".into(), base.into()));
        known.push(("CI_COMMIT_SHA".into(), around.head.into()));
    }
    known
}

/// A value with its `${{ … }}` replaced.
fn expanded(text: &str, known: &[(String, String)]) -> String {
    let mut out = text.to_owned();
    while let Some((before, rest)) = out.split_once("${{") {
        let (name, after) = rest.split_once("}}").unwrap();
        let value = known.iter().find(|(key, _)| key == name.trim());
        let value = &value.unwrap_or_else(|| panic!("{name}")).1;
        out = format!("{before}{value}{after}");
    }
    out
}

impl Surroundings<'_> {
    /// Runs a line as forges do, with nothing of this machine around it but its tools.
    pub fn bash(&self, folder: &Path, script: &str, variables: &[(&str, &str)]) -> Output {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new("bash");
        command.args(["-euo", "pipefail", "-c", script]).current_dir(folder).env_clear();
        command.env("PATH", format!("{}:/usr/bin:/bin", self.bin.display()));
        command.env("HOME", home.path()).env("GIT_CONFIG_GLOBAL", home.path().join(".gitconfig"));
        command.env("GIT_CONFIG_SYSTEM", "/dev/null").env("LC_ALL", "C.UTF-8").env("CI", "true");
        if let Some(chrome) = std::env::var_os("CHROME") {
            command.env("CHROME", chrome);
        }
        command.envs(variables.iter().copied()).output().unwrap()
    }
}

impl Done {
    fn places(&self, path: &str) -> impl Iterator<Item = PathBuf> {
        let path = path.to_owned();
        self.kept.iter().filter_map(move |(_, root, kept)| {
            let inside = Path::new(&path).strip_prefix(root).ok()?;
            Some(kept.path().join(inside)).filter(|at| at.exists())
        })
    }

    /// Whether a file or folder was kept.
    pub fn has(&self, path: &str) -> bool {
        self.places(path).next().is_some()
    }

    /// How many files below a folder have a name that ends so.
    pub fn count(&self, path: &str, end: &str) -> usize {
        self.places(path).map(|at| count(&at, end)).sum()
    }
}

fn count(folder: &Path, end: &str) -> usize {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files.filter(|file| file.file_name().to_string_lossy().ends_with(end)).count()
}

/// How many documents a build that is not shared prints.
pub fn documents(school: &Path, jalon: &str, chrome: &OsStr) -> usize {
    let out = tempfile::tempdir().unwrap();
    let mut build = Command::new(jalon);
    build.arg("build").arg("--out").arg(out.path()).current_dir(school).env("CHROME", chrome);
    assert!(build.output().unwrap().status.success());
    count(&out.path().join("pdf"), ".pdf")
}

/// The program under the name that scripts give it.
pub fn program(folder: &Path, jalon: &str) -> PathBuf {
    let bin = folder.join("bin");
    std::fs::create_dir(&bin).unwrap();
    std::os::unix::fs::symlink(jalon, bin.join("jalon")).unwrap();
    bin
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let at = to.join(entry.path().strip_prefix(from).unwrap());
        let at = if from == entry.path() { to.to_path_buf() } else { at };
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(at).unwrap();
        } else {
            std::fs::create_dir_all(at.parent().unwrap()).unwrap();
            std::fs::copy(entry.path(), at).unwrap();
        }
    }
}

/// Records the folder as it stands, as its DDFPT does; gives the name of the commit.
pub fn commit(folder: &Path, message: &str) -> String {
    let repository = git2::Repository::open(folder).unwrap();
    let mut index = repository.index().unwrap();
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    index.write().unwrap();
    let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
    let time = git2::Time::new(1_790_000_000, 0);
    let author = git2::Signature::new("Awa Diallo", "awa.diallo@lycee.example", &time).unwrap();
    let parent = repository.head().ok().map(|head| head.peel_to_commit().unwrap());
    let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
    let id = repository.commit(Some("HEAD"), &author, &author, message, &tree, &parents).unwrap();
    id.to_string()
}
