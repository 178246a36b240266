package reference

import (
	"maps"
	"puntari/internal/checklist"
	"slices"
	"strconv"
	"strings"
)

// checklists is the reference of the items and of what follows from them.
func (p *page) checklists() {
	p.title("checklists.title")
	p.paragraph(p.say("checklists.intro"))
	p.paragraph(p.say("checklists.marks"))
	p.paragraph(p.say("checklists.placeholders"))
	p.heading(2, "", p.say("contents"))
	p.line("")
	p.contents()
	p.body()
}

// contents lists what body writes.
func (p *page) contents() {
	for _, l := range []struct {
		list *checklist.Checklist
		key  string
	}{{&p.Risk, "risk"}, {&p.Opportunity, "opportunity"}} {
		p.line("- [" + p.say(l.key) + "](#" + l.key + ")")
		for _, t := range l.list.Themes {
			p.line("  - " + p.link(t.Title.In(p.lang), l.key+"-"+t.Code))
		}
	}
	for _, key := range []string{"conditions", "mitigations", "parameters", "levels", "outcomes", "priorities", "hard_stops", "sign_off", "sources"} {
		p.line("- [" + p.say(key) + "](#" + key + ")")
	}
}

// body writes the checklists and what follows from them.
func (p *page) body() {
	p.heading(2, "risk", p.say("risk"))
	p.paragraph(p.say("version", "version", p.Risk.Version))
	for i := range p.Risk.Themes {
		p.theme("risk", &p.Risk, &p.Risk.Themes[i], p.Policy.Results.Risk)
	}
	p.heading(2, "opportunity", p.say("opportunity"))
	p.paragraph(p.say("version", "version", p.Opportunity.Version))
	for _, g := range p.Opportunity.Groups {
		p.paragraph("**" + g.Title.In(p.lang) + ".** " + g.About.In(p.lang))
	}
	for i := range p.Opportunity.Themes {
		p.theme("opportunity", &p.Opportunity, &p.Opportunity.Themes[i], p.Policy.Results.Opportunity)
	}
	p.conditions()
	p.mitigations()
	p.heading(2, "parameters", p.say("parameters"))
	p.paragraph(p.say("parameters.intro"))
	p.table(p.parameters())
	p.heading(2, "levels", p.say("levels"))
	p.paragraph(p.say("levels.intro"))
	p.table(p.levels())
	p.paragraph(p.scoreLevels())
	p.heading(2, "outcomes", p.say("outcomes"))
	p.table(p.outcomes())
	p.heading(2, "priorities", p.say("priorities"))
	p.table(p.priorities())
	p.hardStops()
	p.heading(2, "sign_off", p.say("sign_off"))
	p.table(p.signOff())
	p.sources()
}

func (p *page) theme(key string, l *checklist.Checklist, t *checklist.Theme, results map[string]checklist.Text) {
	p.heading(3, key+"-"+t.Code, t.Title.In(p.lang))
	about := t.About.In(p.lang)
	if t.Group != "" {
		for _, g := range l.Groups {
			if g.Code == t.Group {
				about += " " + g.Title.In(p.lang) + ". " + p.say("theme_weight", "weight", p.number(t.Weight))
			}
		}
	}
	p.paragraph(about)
	for i := range l.Items {
		if it := &l.Items[i]; it.Theme == t.Code {
			p.item(it, results)
		}
	}
}

// resultOrder is the order in which the results of an item are shown.
var resultOrder = []string{"pass", "concern", "fail", "na"}

func (p *page) item(it *checklist.Item, results map[string]checklist.Text) {
	p.heading(4, it.ID, it.ID+" "+it.Title.In(p.lang))
	p.paragraph("**" + it.Question.In(p.lang) + "**")
	p.paragraph(it.Why.In(p.lang))
	p.line("")
	p.entry(p.say("validity"), p.words.Validity(it.Validity))
	if it.Severity > 0 {
		var levels []string
		for _, result := range []string{"concern", "unknown", "fail"} {
			levels = append(levels, results[result].In(p.lang)+": "+p.level(p.Policy.Levels.Item[result][it.Severity]))
		}
		p.entry(p.say("severity"), p.say("severity_of", "severity", strconv.Itoa(it.Severity))+" ("+strings.Join(levels, ", ")+")")
		p.entry(p.say("hard_stop"), p.stopOf(it))
		p.entry(p.say("blocks"), p.blocks(it))
	} else {
		p.entry(p.say("weight"), p.number(it.Weight))
	}
	var rows [][]string
	for _, r := range resultOrder {
		if t, ok := it.Reasons[r]; ok {
			rows = append(rows, []string{results[r].In(p.lang), p.filled(t)})
		}
	}
	p.table([]string{p.say("result"), p.say("meaning")}, rows)
	p.rules(it, results)
	p.line("")
	p.entry(p.say("way_out"), it.WayOut.In(p.lang))
	var ms []string
	for _, code := range it.Mitigations {
		m := p.Mitigation(code)
		if m == nil {
			p.fail("%s: %s is not a mitigation", it.ID, code)
			return
		}
		ms = append(ms, p.link(code+" "+m.Name.In(p.lang), code))
	}
	p.entry(p.say("measures"), strings.Join(ms, ", "))
	p.citations(it.References)
}

// link is a text that leads to a place of the page.
func (p *page) link(text, anchor string) string {
	if p.plain {
		return text
	}
	return "[" + text + "](#" + anchor + ")"
}

// blocks says whether a risk item keeps a dataset closed when it fails.
func (p *page) blocks(it *checklist.Item) string {
	switch {
	case it.HardStop != "":
	case it.Procedural:
		return p.say("blocks_procedural")
	case it.Severity < 3:
		return p.say("blocks_minor")
	}
	return p.say("blocks_yes")
}

// rules writes the rules of an item in words, folded away: for reading a result
// the table is enough.
func (p *page) rules(it *checklist.Item, results map[string]checklist.Text) {
	p.line("")
	p.line("<details><summary>" + escape(p.say("rules")) + "</summary>")
	kinds, names := p.engine.Rows(it.ID)
	for i, kind := range kinds {
		p.line("")
		p.line("**" + escape(p.say("rule.row", "result", results[kind].In(p.lang))) + "**")
		p.rule(names[i])
	}
	p.line("")
	rest := "pass"
	if it.Severity == 0 {
		rest = "fail"
	}
	p.line(p.say("rule.rest", "result", results[rest].In(p.lang)))
	p.line("")
	p.line("</details>")
}

// stopOf names the hard stop that an item raises.
func (p *page) stopOf(it *checklist.Item) string {
	var parts []string
	stop := func(code string) string {
		for _, h := range p.Policy.HardStops {
			if h.Code == code {
				return p.link(code+" "+h.Title.In(p.lang), code)
			}
		}
		p.fail("%s: %s is not a hard stop", it.ID, code)
		return code
	}
	if it.HardStop != "" {
		parts = append(parts, stop(it.HardStop))
	}
	if a := it.AlsoStops; a != nil {
		parts = append(parts, p.say("also_stops", "stop", stop(a.Stop), "condition", p.fieldIs(a.When.Path, a.When.Value)))
	}
	return strings.Join(parts, ", ")
}

// filled is a reason with the label of the field in place of each placeholder.
func (p *page) filled(t checklist.Text) string {
	params := map[string]string{}
	for _, name := range checklist.Placeholders(t) {
		if name == "columns" {
			params[name] = "[" + p.say("columns_concerned") + "]"
			continue
		}
		i := slices.IndexFunc(p.Descriptor.Fields, func(f checklist.Field) bool { return f.Name() == name })
		if i < 0 {
			p.fail("no field for the placeholder {%s}", name)
			continue
		}
		params[name] = "[" + p.Descriptor.Fields[i].Label.In(p.lang) + "]"
	}
	return t.Fill(p.lang, params)
}

func (p *page) level(code string) string {
	for _, l := range p.Policy.Levels.Names {
		if l.Level == code {
			return l.Label.In(p.lang)
		}
	}
	p.fail("%q is not a level", code)
	return code
}

// citations writes the sources of an item or a hard stop.
func (p *page) citations(cs []checklist.Citation) {
	if len(cs) == 0 {
		return
	}
	p.line("- **" + p.say("references") + ":**")
	for i := range cs {
		p.line("  - " + escape(p.citation(&cs[i])))
	}
}

// citation is a place in a source, with how far it was read.
func (p *page) citation(c *checklist.Citation) string {
	s, ok := p.Sources[c.Source]
	if !ok {
		p.fail("%s is not a source", c.Source)
	}
	text := p.link(s.Short.In(p.lang), "source-"+c.Source)
	if c.At != "" {
		text += ", " + c.At
	}
	if c.Read != "read" {
		text += p.mark(p.say("mark." + c.Read))
	}
	if n := c.Note.In(p.lang); n != "" {
		text += ". " + n
	}
	if v := p.words.Validity(c.Validity); v != "" {
		text += ", " + p.say("validity") + " " + v
	}
	return text
}

func (p *page) mitigations() {
	p.heading(2, "mitigations", p.say("mitigations"))
	p.paragraph(p.say("mitigations.intro"))
	for _, m := range p.Mitigations {
		p.heading(3, m.Code, m.Code+" "+m.Name.In(p.lang))
		p.paragraph(m.What.In(p.lang))
		p.line("")
		p.entry(p.say("cost"), m.Cost.In(p.lang))
		p.entry(p.say("who"), p.say("who."+m.Who))
		p.entry(p.say("effort"), p.words.Effort(m.Effort))
		var items []string
		for _, id := range m.Clears {
			items = append(items, p.link(id, id))
		}
		p.entry(p.say("clears"), strings.Join(items, ", "))
	}
}

// parameters lists the parameters with their values.
func (p *page) parameters() (head []string, rows [][]string) {
	for _, name := range slices.Sorted(maps.Keys(p.Policy.Params)) {
		v := p.Policy.Params[name]
		basis := v.Basis.In(p.lang)
		if v.Read == "partly" || v.Read == "recalled" {
			basis += p.mark(p.say("mark." + v.Read))
		}
		value := p.number(v.Value)
		for _, d := range v.Dated {
			value += "; " + p.say("dated", "value", p.number(d.Value), "when", p.words.Validity(d.Validity))
		}
		rows = append(rows, []string{p.named(v.Label.In(p.lang), name), value, p.allowed(&v), v.Meaning.In(p.lang), basis})
	}
	return []string{p.say("parameter"), p.say("value"), p.say("allowed"), p.say("meaning"), p.say("basis")}, rows
}

// allowed is what an organisation may set a parameter to, and which way is stricter.
func (p *page) allowed(v *checklist.Param) string {
	var out []string
	if r, ok := v.Range(); ok {
		out = append(out, p.number(r.Min)+"–"+p.number(r.Max))
	}
	if v.Stricter != "" {
		out = append(out, p.say("stricter."+v.Stricter))
	}
	return strings.Join(out, ", ")
}

// levels lists the levels of the risk items by result and severity.
func (p *page) levels() (head []string, rows [][]string) {
	head = []string{p.say("result")}
	for s := 2; s <= 5; s++ {
		head = append(head, p.say("severity")+" "+strconv.Itoa(s))
	}
	for _, result := range []string{"concern", "unknown", "fail"} {
		row := []string{p.Policy.Results.Risk[result].In(p.lang)}
		for s := 2; s <= 5; s++ {
			row = append(row, p.level(p.Policy.Levels.Item[result][s]))
		}
		rows = append(rows, row)
	}
	return head, rows
}

// scoreLevels says from which score on value and readiness have a level.
func (p *page) scoreLevels() string {
	var names []string
	for _, l := range p.Policy.Levels.Names {
		names = append(names, p.say("from_score", "level", l.Label.In(p.lang), "from", strconv.Itoa(l.From)))
	}
	return p.say("levels.scores") + " " + strings.Join(names, ", ") + "."
}

// outcomes lists the outcomes, the most open first.
func (p *page) outcomes() (head []string, rows [][]string) {
	for _, o := range p.Policy.Outcomes {
		rows = append(rows, []string{p.named(o.Label.In(p.lang), o.Code), o.Meaning.In(p.lang), o.Next.In(p.lang)})
	}
	return []string{p.say("outcome"), p.say("meaning"), p.say("next")}, rows
}

// priorities lists the places in the queue.
func (p *page) priorities() (head []string, rows [][]string) {
	for _, o := range p.Policy.Priorities {
		rows = append(rows, []string{p.named(o.Label.In(p.lang), o.Code), o.Meaning.In(p.lang)})
	}
	return []string{p.say("priority"), p.say("meaning")}, rows
}

func (p *page) hardStops() {
	p.heading(2, "hard_stops", p.say("hard_stops"))
	p.paragraph(p.say("hard_stops.intro"))
	for _, h := range p.Policy.HardStops {
		p.heading(3, h.Code, h.Code+" "+h.Title.In(p.lang))
		p.paragraph(h.Why.In(p.lang))
		p.line("")
		p.entry(p.say("way_out"), h.WayOut.In(p.lang))
		p.entry(p.say("raised_by"), strings.Join(p.raisedBy(h.Code), ", "))
		p.citations(h.References)
	}
}

// raisedBy are the items that raise a hard stop.
func (p *page) raisedBy(stop string) []string {
	var items []string
	for i := range p.Risk.Items {
		it := &p.Risk.Items[i]
		if it.HardStop == stop || it.AlsoStops != nil && it.AlsoStops.Stop == stop {
			items = append(items, p.link(it.ID, it.ID))
		}
	}
	return items
}

// signOff lists who signs when.
func (p *page) signOff() (head []string, rows [][]string) {
	for _, s := range p.Policy.SignOff {
		var roles []string
		for _, code := range s.Roles {
			for _, r := range p.Policy.Roles {
				if r.Code == code {
					roles = append(roles, r.Label.In(p.lang))
				}
			}
		}
		rows = append(rows, []string{s.When.In(p.lang), strings.Join(roles, ", ")})
	}
	return []string{p.say("when"), p.say("signers")}, rows
}

// sourceKinds are the kinds of sources in the order in which they are shown.
var sourceKinds = []string{"law", "case_law", "guidance", "standard", "practice", "research"}

// sourcesOf are the sources of a kind, in the order of their names.
func (p *page) sourcesOf(kind string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(p.Sources)), func(id string) bool { return p.Sources[id].Kind != kind })
}

// sourceTitle is the title of a source with its number.
func (p *page) sourceTitle(s *checklist.Source) string {
	title := s.Title.In(p.lang)
	if s.Number != "" && !strings.Contains(title, s.Number) {
		title += " (" + s.Number + ")"
	}
	return title
}

// jurisdiction is where a source applies, by its code where there is no word.
func (p *page) jurisdiction(s *checklist.Source) string {
	if key := "jurisdiction." + s.Jurisdiction; p.Messages["docs."+key] != nil {
		return p.say(key)
	}
	return s.Jurisdiction
}

// sources writes all sources by kind, in the order of their names.
func (p *page) sources() {
	p.heading(2, "sources", p.say("sources"))
	p.paragraph(p.say("sources.intro"))
	for _, kind := range sourceKinds {
		var rows [][]string
		for _, id := range p.sourcesOf(kind) {
			s := p.Sources[id]
			rows = append(rows, p.source(id, &s))
		}
		p.heading(3, "", p.say("kind."+kind))
		head := []string{p.say("source"), p.say("validity"), p.say("note")}
		if !slices.ContainsFunc(rows, func(r []string) bool { return r[1] != "" }) {
			for i := range rows {
				rows[i] = slices.Delete(rows[i], 1, 2)
			}
			head = slices.Delete(head, 1, 2)
		}
		p.table(head, rows)
	}
	for id, s := range p.Sources {
		if _, ok := p.Messages["docs.kind."+s.Kind]; !ok {
			p.fail("%s: the kind %s has no word in checklists/messages/docs.yaml", id, s.Kind)
		}
	}
}

func (p *page) source(id string, s *checklist.Source) []string {
	title := p.sourceTitle(s)
	if s.URI != "" {
		title = "[" + title + "](" + s.URI + ")"
	}
	title = "<a id=\"source-" + id + "\"></a>" + title + ", " + p.jurisdiction(s)
	return []string{title, p.validity(s), s.Note.In(p.lang)}
}

func (p *page) validity(s *checklist.Source) string {
	var v string
	switch {
	case s.ValidFrom != "" && s.ValidTo != "":
		v = p.say("valid_between", "from", s.ValidFrom, "to", s.ValidTo)
	case s.ValidFrom != "":
		v = p.say("valid_from", "from", s.ValidFrom)
	case s.ValidTo != "":
		v = p.say("valid_to", "to", s.ValidTo)
	case s.Kind == "law":
		return p.say("valid_not_stated")
	default:
		return ""
	}
	if s.Dates == "recalled" {
		v += p.mark(p.say("dates_recalled"))
	}
	return v
}
