//! Pages of the learners' books, with their photographs: written by the learner, deposited by a teacher of the class.

use super::cast::{text, year_of};
use super::clock::Moment;
use super::finals_day;
use super::parts::read_date;
use super::plan::Plan;

/// Plans the pages of books.
pub(crate) fn plan(plan: &mut Plan<'_>) {
    let pages: Vec<String> = plan
        .files
        .keys()
        .filter(|path| path.contains("/book/") && path.ends_with(".md"))
        .cloned()
        .collect();
    for path in pages {
        let page = text(plan.files, &path).to_owned();
        let day = page.lines().find_map(|line| read_date(line.strip_prefix("date = ")?));
        let id = path.split('/').nth(2).unwrap_or_default();
        let (Some(day), Some(learner)) = (day, plan.cast.learners.get(id)) else { continue };
        let who = learner.who;
        let year = year_of(day);
        let class = plan.cast.class_of(id, year).to_owned();
        let mut dice = plan.dice(&path);
        let team = plan.cast.team(year, &class);
        let keeper = dice.pick(team).map_or(plan.cast.ddfpt, |id| plan.cast.who(id));
        let written = day.plus(dice.between(1, 12)).min(finals_day());
        let at = plan.evening(written, &path);
        let topic = "Books";
        let mut act = plan.act(at, who, topic, format!("Page de book ({class})"));
        act.keeper = keeper;
        // A first version, then one that says more.
        let short =
            page.trim_end().rsplit_once("\n\n").filter(|(head, _)| head.contains("+++\n\n"));
        let short = short.filter(|_| dice.percent(35)).map(|(head, _)| format!("{head}\n"));
        let again = short.is_some();
        plan.put(&mut act, &path, short.unwrap_or(page));
        let folder = format!("{}/", path.trim_end_matches(".md"));
        let photos: Vec<String> = plan
            .files
            .range(folder.clone()..)
            .map(|(path, _)| path.clone())
            .take_while(|path| path.starts_with(&folder))
            .collect();
        for photo in photos {
            plan.put_final(&mut act, &photo);
        }
        plan.push(act);
        if again {
            let at =
                Moment(at.0.max(plan.evening(written.plus(2), &format!("{path}/2")).0)).plus(60);
            let mut act = plan.act(at, who, topic, format!("Complète une page de book ({class})"));
            act.keeper = keeper;
            plan.put_final(&mut act, &path);
            plan.push(act);
        }
    }
}
