package main

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/checklist"
	"puntari/policies"
)

// page is a reference page in one language.
type page struct {
	*checklist.Catalogue
	strings.Builder
	lang string
	file string
	err  error
}

// pageIn returns the generator of a page in a language.
func pageIn(lang, file string, write func(*page)) func(*checklist.Catalogue) ([]byte, error) {
	return func(c *checklist.Catalogue) ([]byte, error) {
		p := &page{Catalogue: c, lang: lang, file: file}
		p.line("<!-- Generated from checklists/ and policies/ by internal/generate. Do not edit. -->")
		write(p)
		return []byte(p.String()), p.err
	}
}

func (p *page) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

// say is a fixed word of the pages; params are pairs of names and values.
func (p *page) say(key string, params ...string) string {
	key = "docs." + key
	t, ok := p.Messages[key]
	if !ok || t[p.lang] == "" {
		p.fail("checklists/messages/docs.yaml: %s is missing in %s", key, p.lang)
	}
	m := map[string]string{}
	for i := 0; i+1 < len(params); i += 2 {
		m[params[i]] = params[i+1]
	}
	return t.Fill(p.lang, m)
}

func (p *page) common(key string) string { return p.Message(p.lang, "common."+key, nil) }

func (p *page) line(s string) { p.WriteString(s + "\n") }

// paragraph writes a paragraph, or nothing for an empty text.
func (p *page) paragraph(s string) {
	if s != "" {
		p.line("")
		p.line(escape(s))
	}
}

func (p *page) heading(level int, anchor, title string) {
	p.line("")
	if anchor != "" {
		p.line(`<a id="` + anchor + `"></a>`)
		p.line("")
	}
	p.line(strings.Repeat("#", level) + " " + escape(title))
}

// table writes a table with a head; a table without rows is left out.
func (p *page) table(head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	p.line("")
	p.line("| " + strings.Join(head, " | ") + " |")
	p.line("|" + strings.Repeat(" --- |", len(head)))
	for _, r := range rows {
		cells := slices.Clone(r)
		for i := range cells {
			cells[i] = strings.ReplaceAll(strings.ReplaceAll(escape(cells[i]), "|", `\|`), "\n", " ")
		}
		p.line("| " + strings.Join(cells, " | ") + " |")
	}
}

// entry writes an entry of a list, or nothing for an empty text.
func (p *page) entry(name, text string) {
	if text != "" {
		p.line("- **" + escape(name) + ":** " + escape(text))
	}
}

// escape keeps Markdown from taking a "<" of a text for HTML; our own anchors stay.
func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("<a id=", "<a id=", "</a>", "</a>", "<", "&lt;")

func code(s string) string { return "`" + s + "`" }

// top is the path from the page to the docs folder.
func (p *page) top() string {
	if p.lang == "en" {
		return ""
	}
	return "../"
}

// title writes the heading of the page and the links to the other languages.
func (p *page) title(key string) {
	p.heading(1, "", p.say(key))
	p.paragraph(p.say("languages", "en", p.top()+p.file, "fi", p.top()+"fi/"+p.file, "sv", p.top()+"sv/"+p.file))
}

// number writes a number as the language does.
func (p *page) number(n float64) string {
	s := strconv.FormatFloat(n, 'f', -1, 64)
	if p.lang != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// valueLabel is a value of a field in words.
func (p *page) valueLabel(f *checklist.Field, value string) string {
	switch value {
	case "yes", "no", "unknown":
		if f.ElementType() == "tri" || value == "unknown" {
			return p.common(value)
		}
	}
	for _, v := range f.Values {
		if v.Value == value {
			return v.Label.In(p.lang)
		}
	}
	return value
}

// condition says in words when the rule of package puntari.asked holds.
func (p *page) condition(name string) string {
	titles, err := askedTitles()
	if err != nil {
		p.fail("%w", err)
		return ""
	}
	english, ok := titles[name]
	if !ok {
		p.fail("policies/asked.rego: %s has no title", name)
	}
	if m := p.Messages["docs.asked."+name]["en"]; m != english {
		p.fail("checklists/messages/docs.yaml: docs.asked.%s says %q, its title in policies/asked.rego is %q", name, m, english)
	}
	return p.say("asked." + name)
}

// askedTitles returns the titles of the rules of package puntari.asked.
func askedTitles() (map[string]string, error) {
	const file = "asked.rego"
	data, err := fs.ReadFile(policies.Files, file)
	if err != nil {
		return nil, err
	}
	m, err := ast.ParseModuleWithOpts(file, string(data), ast.ParserOptions{ProcessAnnotation: true})
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, r := range m.Rules {
		for _, a := range r.Annotations {
			titles[r.Head.Ref().String()] = a.Title
		}
	}
	return titles, nil
}

// descriptorPage is the reference of the fields.
func descriptorPage(p *page) {
	p.title("descriptor.title")
	p.paragraph(p.say("version", "version", p.Descriptor.Version))
	p.paragraph(p.say("descriptor.intro"))
	p.paragraph(p.say("descriptor.unknown"))
	p.paragraph(p.say("descriptor.asking"))
	p.paragraph(p.say("descriptor.start", "example", p.top()+"../examples/park-benches.yaml", "guide", "stewards.md"))
	p.heading(2, "", p.say("contents"))
	p.line("")
	for _, s := range p.Descriptor.Sections {
		p.line("- [" + s.Label.In(p.lang) + "](#" + s.ID + ")")
	}
	for _, f := range p.fieldsOf("descriptorVersion") {
		p.describe(f) // it stands before the sections
	}
	for _, s := range p.Descriptor.Sections {
		p.heading(2, s.ID, s.Label.In(p.lang))
		if s.ID == "schema" {
			p.paragraph(p.say("descriptor.columns"))
		}
		for _, f := range p.fieldsOf(s.ID) {
			p.describe(f)
		}
	}
}

func (p *page) fieldsOf(section string) []*checklist.Field {
	var out []*checklist.Field
	for i := range p.Descriptor.Fields {
		if f := &p.Descriptor.Fields[i]; f.Section() == section {
			out = append(out, f)
		}
	}
	return out
}

// anchorOf is the place of a field on the page of the fields.
func anchorOf(f *checklist.Field) string { return strings.ReplaceAll(f.Path, "[]", "") }

// describe writes everything about a field.
func (p *page) describe(f *checklist.Field) {
	p.heading(3, anchorOf(f), f.Label.In(p.lang))
	p.paragraph(code(f.Path))
	if q := f.Question.In(p.lang); q != "" {
		p.paragraph("**" + q + "**")
	}
	p.paragraph(f.Help.In(p.lang))
	p.line("")
	p.entry(p.say("field.type"), p.kind(f))
	p.entry(p.say("field.needed"), p.needed(f))
	p.entry(p.say("field.range"), p.limits(f))
	p.entry(p.say("field.asked"), p.asked(f))
	p.entry(p.say("field.not_asked"), p.notAsked(f))
	if f.OnlyWhen != nil {
		p.entry(p.say("field.counts"), p.fieldIs(f.OnlyWhen.Path, f.OnlyWhen.Value))
	}
	if f.SameAs != "" {
		p.entry(p.say("field.same_as"), code(f.SameAs))
	}
	if f.Example != "" {
		p.entry(p.say("field.example"), code(f.Example))
	}
	if f.AlignedWith != "" {
		p.entry(p.say("field.standard"), code(f.AlignedWith))
	}
	if f.Producer != "" {
		p.entry(p.say("field.producer"), p.say("producer."+f.Producer))
	}
	var rows [][]string
	for _, v := range f.Values {
		rows = append(rows, []string{code(v.Value), v.Label.In(p.lang)})
	}
	p.table([]string{p.say("value"), p.say("meaning")}, rows)
}

// kind says what an answer looks like.
func (p *page) kind(f *checklist.Field) string {
	s := p.say("type." + f.Type)
	if !f.IsList() || f.ElementType() == "object" && f.Producer == "" {
		return s
	}
	if f.EmptyIsNoAnswer {
		return s + ". " + p.say("field.empty_is_no_answer")
	}
	return s + ". " + p.say("field.empty_is_answer")
}

func (p *page) needed(f *checklist.Field) string {
	switch {
	case f.Required && f.ListPath() != "":
		return p.say("needed.required_in_entry")
	case f.Required:
		return p.say("needed.required")
	case f.Essential:
		return p.say("needed.essential")
	}
	return ""
}

func (p *page) limits(f *checklist.Field) string {
	switch {
	case f.Min != nil && f.Max != nil:
		return p.say("range.both", "min", p.number(*f.Min), "max", p.number(*f.Max))
	case f.Min != nil:
		return p.say("range.min", "min", p.number(*f.Min))
	case f.Max != nil:
		return p.say("range.max", "max", p.number(*f.Max))
	}
	return ""
}

// asked says when the question is asked.
func (p *page) asked(f *checklist.Field) string {
	var s string
	switch f.AskWhen {
	case "always":
		s = p.say("asked_always")
	case "never":
		if f.Required {
			return ""
		}
		s = p.say("asked_never")
	case "":
		s = p.say("asked_with_entry")
	default:
		s = p.condition(f.AskWhen)
	}
	if len(f.AskOf) == 0 {
		return s
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(f.AskOf)) {
		parts = append(parts, p.fieldIs("schema.fields[]."+name, f.AskOf[name]...))
	}
	return s + "; " + p.say("asked_of", "conditions", strings.Join(parts, " "+p.say("or")+" "))
}

// fieldIs says that a field has one of some values.
func (p *page) fieldIs(path string, values ...string) string {
	f := p.Descriptor.Field(path)
	if f == nil {
		p.fail("%s is not a field", path)
		return path
	}
	var labels []string
	for _, v := range values {
		labels = append(labels, `"`+p.valueLabel(f, v)+`"`)
	}
	return p.say("is", "field", `"`+f.Label.In(p.lang)+`"`, "values", strings.Join(labels, " "+p.say("or")+" "))
}

// veryLarge is where the numbers begin that stand for "no limit is missed".
const veryLarge = 99_999

// notAsked says what is taken for granted when the question is not asked.
func (p *page) notAsked(f *checklist.Field) string {
	if f.AskWhen == "always" || f.AskWhen == "" {
		return ""
	}
	switch v := f.WhenNotAsked.(type) {
	case nil:
		if f.AskWhen == "never" {
			return ""
		}
		return p.say("not_asked.nothing")
	case string:
		if f.Type == "duration" {
			return p.say("not_asked.long")
		}
		return p.valueLabel(f, v)
	case []any:
		if len(v) == 0 {
			return p.say("not_asked.empty")
		}
		var labels []string
		for _, e := range v {
			labels = append(labels, p.valueLabel(f, fmt.Sprint(e)))
		}
		return strings.Join(labels, ", ")
	case int:
		if v > veryLarge {
			return p.say("not_asked.large")
		}
		return p.number(float64(v))
	case float64:
		return p.number(v)
	}
	p.fail("%s: whenNotAsked has an unknown kind", f.Path)
	return ""
}

// checklistsPage is the reference of the items and of what follows from them.
func checklistsPage(p *page) {
	p.title("checklists.title")
	p.paragraph(p.say("checklists.intro"))
	p.paragraph(p.say("checklists.marks"))
	p.paragraph(p.say("checklists.placeholders"))
	p.heading(2, "", p.say("contents"))
	p.line("")
	for _, l := range []struct {
		list *checklist.Checklist
		key  string
	}{{&p.Risk, "risk"}, {&p.Opportunity, "opportunity"}} {
		p.line("- [" + p.say(l.key) + "](#" + l.key + ")")
		for _, t := range l.list.Themes {
			p.line("  - " + link(t.Title.In(p.lang), l.key+"-"+t.Code))
		}
	}
	for _, key := range []string{"mitigations", "parameters", "levels", "outcomes", "priorities", "hard_stops", "sign_off", "sources"} {
		p.line("- [" + p.say(key) + "](#" + key + ")")
	}

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
	p.mitigations()
	p.heading(2, "parameters", p.say("parameters"))
	p.paragraph(p.say("parameters.intro"))
	p.parameters()
	p.levels()
	p.outcomes()
	p.hardStops()
	p.signOff()
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
	if it.Severity > 0 {
		var levels []string
		for _, result := range []string{"concern", "unknown", "fail"} {
			levels = append(levels, results[result].In(p.lang)+": "+p.level(p.Policy.Levels.Item[result][it.Severity]))
		}
		p.entry(p.say("severity"), p.say("severity_of", "severity", strconv.Itoa(it.Severity))+" ("+strings.Join(levels, ", ")+")")
		p.entry(p.say("hard_stop"), p.stopOf(it))
		blocks := "blocks_yes"
		switch {
		case it.HardStop != "":
		case it.Procedural:
			blocks = "blocks_procedural"
		case it.Severity < 3:
			blocks = "blocks_minor"
		}
		p.entry(p.say("blocks"), p.say(blocks))
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
	p.line("")
	p.entry(p.say("way_out"), it.WayOut.In(p.lang))
	var ms []string
	for _, code := range it.Mitigations {
		m := p.Mitigation(code)
		if m == nil {
			p.fail("%s: %s is not a mitigation", it.ID, code)
			return
		}
		ms = append(ms, link(code+" "+m.Name.In(p.lang), code))
	}
	p.entry(p.say("measures"), strings.Join(ms, ", "))
	p.citations(it.References)
}

func link(text, anchor string) string { return "[" + text + "](#" + anchor + ")" }

// stopOf names the hard stop that an item raises.
func (p *page) stopOf(it *checklist.Item) string {
	var parts []string
	stop := func(code string) string {
		for _, h := range p.Policy.HardStops {
			if h.Code == code {
				return link(code+" "+h.Title.In(p.lang), code)
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
	for _, c := range cs {
		s, ok := p.Sources[c.Source]
		if !ok {
			p.fail("%s is not a source", c.Source)
			return
		}
		text := link(s.Short.In(p.lang), "source-"+c.Source)
		if c.At != "" {
			text += ", " + c.At
		}
		if c.Read != "read" {
			text += " **(" + p.say("mark."+c.Read) + ")**"
		}
		if n := c.Note.In(p.lang); n != "" {
			text += ". " + n
		}
		p.line("  - " + escape(text))
	}
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
		p.entry(p.say("effort"), p.say("effort."+m.Effort))
		var items []string
		for _, id := range m.Clears {
			items = append(items, link(id, id))
		}
		p.entry(p.say("clears"), strings.Join(items, ", "))
	}
}

// parameters writes the parameters with their values.
func (p *page) parameters() {
	var rows [][]string
	for _, name := range slices.Sorted(maps.Keys(p.Policy.Params)) {
		v := p.Policy.Params[name]
		basis := v.Basis.In(p.lang)
		if v.Read == "partly" || v.Read == "recalled" {
			basis += " **(" + p.say("mark."+v.Read) + ")**"
		}
		rows = append(rows, []string{v.Label.In(p.lang) + " " + code(name), p.number(v.Value), v.Meaning.In(p.lang), basis})
	}
	p.table([]string{p.say("parameter"), p.say("value"), p.say("meaning"), p.say("basis")}, rows)
}

func (p *page) levels() {
	p.heading(2, "levels", p.say("levels"))
	p.paragraph(p.say("levels.intro"))
	head := []string{p.say("result")}
	for s := 2; s <= 5; s++ {
		head = append(head, p.say("severity")+" "+strconv.Itoa(s))
	}
	var rows [][]string
	for _, result := range []string{"concern", "unknown", "fail"} {
		row := []string{p.Policy.Results.Risk[result].In(p.lang)}
		for s := 2; s <= 5; s++ {
			row = append(row, p.level(p.Policy.Levels.Item[result][s]))
		}
		rows = append(rows, row)
	}
	p.table(head, rows)
	var names []string
	for _, l := range p.Policy.Levels.Names {
		names = append(names, p.say("from_score", "level", l.Label.In(p.lang), "from", strconv.Itoa(l.From)))
	}
	p.paragraph(p.say("levels.scores") + " " + strings.Join(names, ", ") + ".")
}

func (p *page) outcomes() {
	p.heading(2, "outcomes", p.say("outcomes"))
	var rows [][]string
	for _, o := range p.Policy.Outcomes {
		rows = append(rows, []string{o.Label.In(p.lang) + " " + code(o.Code), o.Meaning.In(p.lang), o.Next.In(p.lang)})
	}
	p.table([]string{p.say("outcome"), p.say("meaning"), p.say("next")}, rows)
	p.heading(2, "priorities", p.say("priorities"))
	rows = nil
	for _, o := range p.Policy.Priorities {
		rows = append(rows, []string{o.Label.In(p.lang) + " " + code(o.Code), o.Meaning.In(p.lang)})
	}
	p.table([]string{p.say("priority"), p.say("meaning")}, rows)
}

func (p *page) hardStops() {
	p.heading(2, "hard_stops", p.say("hard_stops"))
	p.paragraph(p.say("hard_stops.intro"))
	for _, h := range p.Policy.HardStops {
		p.heading(3, h.Code, h.Code+" "+h.Title.In(p.lang))
		p.paragraph(h.Why.In(p.lang))
		p.line("")
		p.entry(p.say("way_out"), h.WayOut.In(p.lang))
		var items []string
		for i := range p.Risk.Items {
			it := &p.Risk.Items[i]
			if it.HardStop == h.Code || it.AlsoStops != nil && it.AlsoStops.Stop == h.Code {
				items = append(items, link(it.ID, it.ID))
			}
		}
		p.entry(p.say("raised_by"), strings.Join(items, ", "))
		p.citations(h.References)
	}
}

func (p *page) signOff() {
	p.heading(2, "sign_off", p.say("sign_off"))
	var rows [][]string
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
	p.table([]string{p.say("when"), p.say("signers")}, rows)
}

// sources writes all sources by kind, in the order of their names.
func (p *page) sources() {
	p.heading(2, "sources", p.say("sources"))
	p.paragraph(p.say("sources.intro"))
	for _, kind := range []string{"law", "case_law", "guidance", "standard", "practice", "research"} {
		var rows [][]string
		for _, id := range slices.Sorted(maps.Keys(p.Sources)) {
			if s := p.Sources[id]; s.Kind == kind {
				rows = append(rows, p.source(id, &s))
			}
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
	title := s.Title.In(p.lang)
	if s.Number != "" && !strings.Contains(title, s.Number) {
		title += " (" + s.Number + ")"
	}
	if s.URI != "" {
		title = "[" + title + "](" + s.URI + ")"
	}
	title = "<a id=\"source-" + id + "\"></a>" + title + ", " + p.say("jurisdiction."+s.Jurisdiction)
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
		v += " **(" + p.say("dates_recalled") + ")**"
	}
	return v
}

// policyPage is the data policy in words.
func policyPage(p *page) {
	p.title("policy.title")
	p.paragraph(p.say("version", "version", p.Policy.Version))
	p.paragraph(p.say("policy.intro", "checklists", "checklists.md"))
	params := map[string]string{}
	for name, v := range p.Policy.Params {
		params[name] = p.number(v.Value)
	}
	for i, a := range p.Policy.Articles {
		p.heading(2, a.ID, strconv.Itoa(i+1)+". "+a.Title.In(p.lang))
		p.paragraph(a.Text.Fill(p.lang, params))
	}
	p.parameters()
}
