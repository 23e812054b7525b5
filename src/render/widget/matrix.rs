//! Tasks × competences: a mark and its words for each link of the référentiel, and for no other.

use crate::page::anchor;
use crate::render::html::Html;
use crate::school::{Referential, TaskIx};

/// The matrix: one row a task, by activity; one column a competence (SCE-22).
pub(in crate::render) fn matrix_table(referential: &Referential) -> Html {
    let columns = referential.competences.len();
    let mut html = Html::with_capacity(4_096 + referential.tasks.len() * (200 + columns * 12));
    html.raw("<thead><tr><th scope=\"col\">Tâche</th>");
    for ix in referential.competence_ixs() {
        let record = referential.competence_record(ix);
        html.raw("<th scope=\"col\"><a href=\"#").text(&anchor("", &record.code));
        html.raw("\" title=\"").text(&record.intitule).raw("\">").text(&record.code);
        html.raw("</a></th>");
    }
    html.raw("</tr></thead>\n");
    for (n, activity) in referential.record.activites.iter().enumerate() {
        let tasks: Vec<TaskIx> = referential
            .task_ixs()
            .filter(|task| referential.tasks[task.0 as usize].activity == n)
            .collect();
        if tasks.is_empty() {
            continue;
        }
        html.raw("<tbody class=\"gr\"><tr><th scope=\"rowgroup\" colspan=\"").number(columns + 1);
        html.raw("\"><span>").text(&activity.code).raw(" ").text(&activity.intitule);
        html.raw("</span></th></tr>\n");
        for task in tasks {
            row(&mut html, referential, task);
        }
        html.raw("</tbody>\n");
    }
    html
}

fn row(html: &mut Html, referential: &Referential, task: TaskIx) {
    let record = referential.task_record(task);
    html.raw("<tr><th scope=\"row\"><span class=\"code\">").text(&record.code);
    html.raw("</span> ").text(&record.intitule).raw("</th>");
    for competence in referential.competence_ixs() {
        let mut links = referential.links(task).iter();
        html.raw(match links.find(|(linked, _)| *linked == competence) {
            None => "<td></td>",
            Some((_, false)) => "<td><span class=\"l\" role=\"img\" title=\"lien\"></span></td>",
            Some((_, true)) => {
                "<td><span class=\"f\" role=\"img\" title=\"lien fort\"></span></td>"
            }
        });
    }
    html.raw("</tr>\n");
}
