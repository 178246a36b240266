package reference

import (
	"strconv"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/profile"
)

// policy is the data policy in words.
func (p *page) policy() {
	p.title("policy.title")
	p.paragraph(p.say("version", "version", p.Policy.Version))
	p.paragraph(p.say("policy.intro", "checklists", "checklists.md"))
	p.articles()
	p.table(p.parameters())
}

func (p *page) articles() {
	for i, a := range p.articleTexts() {
		p.heading(2, p.articleAnchor(i), a[0])
		p.paragraph(a[1])
	}
}

// articleAnchor is the place of an article on its page. In a document that holds
// everything, other parts have the names of articles.
func (p *page) articleAnchor(i int) string {
	if p.file == "" {
		return "article-" + p.Policy.Articles[i].ID
	}
	return p.Policy.Articles[i].ID
}

// articleTexts are the articles of the policy: a title with its number, and the
// text with the parameters in it.
func (p *page) articleTexts() [][2]string {
	params := map[string]string{}
	for name, v := range p.Policy.Params {
		params[name] = p.number(v.Value)
	}
	var out [][2]string
	for i, a := range p.Policy.Articles {
		out = append(out, [2]string{strconv.Itoa(i+1) + ". " + a.Title.In(p.lang), a.Text.Fill(p.lang, params)})
	}
	return out
}

// Edition says of which policy a document is.
type Edition struct {
	// Organisation is whose policy it is, "" for the general one.
	Organisation string
	// Changes are what the organisation changed in the policy that it started from.
	Changes []profile.Change
	// Date is the day as of which the policy is shown, "" for all days.
	Date string
}

// DataPolicy writes the whole policy as one document in Markdown: the articles,
// what was changed, the checklists with their rules, and what follows from them.
func (b *Book) DataPolicy(lang string, o Edition) ([]byte, error) {
	p := b.page(lang, "")
	p.heading(1, "", p.say("policy.title"))
	if o.Organisation != "" {
		p.paragraph("**" + o.Organisation + "**")
	}
	p.table([]string{p.say("edition"), p.say("value")}, p.edition(o))
	p.paragraph(p.say("document.intro"))
	p.paragraph(p.say("checklists.marks"))
	p.paragraph(p.say("checklists.placeholders"))
	p.heading(2, "", p.say("contents"))
	p.line("")
	for i, a := range p.articleTexts() {
		p.line("- " + p.link(a[0], p.articleAnchor(i)))
	}
	if len(o.Changes) > 0 {
		p.line("- " + p.link(p.say("changed"), "changed"))
	}
	p.contents()
	p.articles()
	if len(o.Changes) > 0 {
		p.heading(2, "changed", p.say("changed"))
		p.paragraph(p.say("changed.intro"))
		p.table(p.changed(o.Changes))
	}
	p.body()
	return p.bytes()
}

// edition lists what the document is of: versions and digests, as in every report.
func (p *page) edition(o Edition) [][]string {
	d := p.engine.Digests()
	rows := [][]string{
		{p.say("edition.policy"), p.Policy.Version},
		{p.say("edition.checklists"), p.Risk.Version + " / " + p.Opportunity.Version},
		{p.say("edition.rules_digest"), p.code(d.Policies)},
		{p.say("edition.checklists_digest"), p.code(d.Checklists)},
		{p.say("edition.parameters_digest"), p.code(d.Parameters)},
	}
	if o.Date != "" {
		rows = append([][]string{{p.say("edition.date"), o.Date}}, rows...)
		if out := p.NotInForce; len(out) > 0 {
			rows = append(rows, []string{p.Message(p.lang, "report.record.notInForce", nil), p.words.NotInForce(notInForce(out))})
		}
	}
	return rows
}

func notInForce(items []checklist.Item) []assessment.NotInForce {
	var out []assessment.NotInForce
	for _, it := range items {
		out = append(out, assessment.NotInForce{Item: it.ID, ValidFrom: it.ValidFrom, ValidTo: it.ValidTo})
	}
	return out
}
