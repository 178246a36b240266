// Package xlsx writes the report of an assessment as a workbook that reviewers
// read, write their judgement into, sign and file, and reads back what they wrote.
//
// A report is built as sheets in memory (sheet.go), one file per sheet, and then
// written with excelize's stream writer (book.go) and put into a package that is
// the same for the same input (finish.go).
package xlsx

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/palette"
	"puntari/internal/report/xlsx/phrase"
	"puntari/internal/spreadsheet"
)

// Options say for whom a report is written.
type Options struct {
	// Lang is the language of the report; en when empty.
	Lang string
	// Organisation is the organisation that files the report; the publisher of the
	// dataset when empty.
	Organisation string
}

// report is a report on the way to its workbook.
type report struct {
	a *assessment.Assessment
	c *checklist.Catalogue
	w *phrase.Words
	o Options

	digest  string
	record  recordFields
	stops   map[string][]string // hard stops by item
	after   map[string]string   // results once all changes are made, where they differ
	reasons map[string]string   // sentences by item, once they have been made
	facts   map[string]int      // numbers of facts by path
	changes []change
	// changesOf are the indexes of the changes that concern an item.
	changesOf map[string][]int
}

// recordFields are the fields of the descriptor that the record needs.
type recordFields struct {
	Dataset struct {
		Steward struct{ Name, Role, Unit string } `json:"steward"`
	} `json:"dataset"`
	Governance struct {
		RecordID            string `json:"recordId"`
		RetentionClass      string `json:"retentionClass"`
		AssessmentPublicity string `json:"assessmentPublicity"`
	} `json:"governance"`
}

// Render writes the report of a as a workbook. It is deterministic: the same
// input gives the same bytes.
func Render(w io.Writer, a *assessment.Assessment, c *checklist.Catalogue, o Options) error {
	b, err := newBook(a, c, o)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := b.write(w); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// newBook builds the sheets of a report.
func newBook(a *assessment.Assessment, c *checklist.Catalogue, o Options) (*book, error) {
	if a == nil || c == nil {
		return nil, errors.New("there is no assessment")
	}
	if o.Lang == "" {
		o.Lang = "en"
	}
	data, err := encode(a)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	r := &report{a: a, c: c, w: phrase.New(c, o.Lang), o: o, digest: hex.EncodeToString(sum[:])}
	if r.o.Organisation == "" && a.Profile != nil {
		r.o.Organisation = checklist.Text(a.Profile.Name).In(o.Lang)
	}
	if r.o.Organisation == "" {
		r.o.Organisation = a.Dataset.Publisher
	}
	if len(a.Descriptor) > 0 {
		// A descriptor of another shape leaves the fields empty; people fill them in.
		var rec recordFields
		if json.Unmarshal(a.Descriptor, &rec) == nil {
			r.record = rec
		}
	}
	r.prepare()

	b := &book{json: data, tip: r.tip}
	b.sheets = []*sheet{
		r.summary(), r.risks(), r.opportunities(), r.matrix(), r.value(), r.whatToChange(),
		r.evidence(), r.signOff(), r.metadata(), r.changeLog(), r.guide(),
	}
	if a.Evidence != nil {
		b.sheets = slices.Insert(b.sheets, slices.IndexFunc(b.sheets, func(s *sheet) bool { return s.code == "signOff" }), r.measured())
	}
	for _, s := range b.sheets {
		s.legible()
		s.fit(r.w.T("report.clipped"))
	}
	packed, err := packedSheet(data)
	if err != nil {
		return nil, err
	}
	lists, ranges := r.lists()
	b.hidden = []hiddenSheet{lists, packed}
	b.ranges = ranges
	r.describe(b)
	return b, nil
}

// prepare works out what several sheets show.
func (r *report) prepare() {
	r.stops = map[string][]string{}
	r.reasons = map[string]string{}
	for _, s := range r.a.HardStops {
		r.stops[s.Item] = append(r.stops[s.Item], s.Stop)
	}
	r.facts = map[string]int{}
	for i, f := range r.a.Facts {
		if _, ok := r.facts[f.Path]; !ok {
			r.facts[f.Path] = i + 1
		}
	}
	r.after = map[string]string{}
	for id, c := range r.a.WhatIf.Changed {
		r.after[id] = c.After
	}
	for _, m := range r.a.Changes.Measures {
		for _, id := range m.Clears {
			r.after[id] = assessment.Pass
		}
	}
	r.collectChanges()
}

// title is the title of the dataset.
func (r *report) title() string {
	if t := r.w.Title(r.a.Dataset.Title); t != "" {
		return t
	}
	return r.a.Dataset.Identifier
}

// newSheet makes a sheet with its name in the language of the report.
func (r *report) newSheet(code string) *sheet {
	return &sheet{code: code, name: r.sheetName(code), tab: palette.Navy}
}

func (r *report) sheetName(code string) string { return r.w.T("report.sheet." + code) }

// back is the text of the link to the summary.
func (r *report) back() string { return "◄ " + r.sheetName("summary") }

// tip is the tool tip of a link to an anchor.
func (r *report) tip(anchor string) string {
	kind, id, _ := strings.Cut(anchor, ":")
	switch kind {
	case "item":
		if it := r.w.Item(id); it != nil {
			return id + " " + it.Title.In(r.w.Lang)
		}
	case "fact":
		return r.w.FactLabel(id)
	}
	return ""
}

// risksOnly and opportunitiesOnly are the items of a list of either checklist.
func (r *report) risksOnly(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), r.w.IsOpportunity)
}

func (r *report) opportunitiesOnly(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !r.w.IsOpportunity(id) })
}

// short leaves the name of the checklist out of an item's id: "PER-01".
func short(id string) string {
	_, s, ok := strings.Cut(id, "-")
	if !ok {
		return id
	}
	return s
}

// listed lists items on lines that fit a column, so that no id is broken.
func listed(ids []string, k spreadsheet.Style, width float64) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = short(id)
	}
	return packed(names, ", ", k, width)
}

// firstItems shows the first two items and how many more there are.
func firstItems(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = short(id)
	}
	return firstOf(names, 2)
}

// factCell shows the facts of an item and links to the first.
func (r *report) factCell(it *assessment.Item, k spreadsheet.Style) cell {
	paths := slices.Concat(it.Missing, it.Facts)
	var out []string
	to := ""
	for _, p := range paths {
		n, ok := r.facts[p]
		if !ok {
			continue
		}
		if to == "" {
			to = "fact:" + p
		}
		label := factNumber(n)
		if !slices.Contains(out, label) {
			out = append(out, label)
		}
	}
	return linked(firstOf(out, 1), to, k)
}

// firstOf shows the first n of some labels and how many more there are. Cells
// with links have one line: LibreOffice does not wrap them.
func firstOf(labels []string, n int) string {
	if len(labels) <= n {
		return strings.Join(labels, " ")
	}
	return strings.Join(labels[:n], " ") + " +" + strconv.Itoa(len(labels)-n)
}

func factNumber(n int) string { return "E-" + strconv.Itoa(n) }

// resultAfter is the result of an item once all changes are made.
func (r *report) resultAfter(id string) string {
	if res, ok := r.after[id]; ok {
		return res
	}
	if it := r.a.Items[id]; it != nil {
		return it.Result
	}
	return assessment.NotApplicable
}

// level is the level of a risk item with a result, "" for pass and na.
func (r *report) level(id, result string) string {
	it := r.w.Item(id)
	if it == nil {
		return ""
	}
	return r.c.Policy.Levels.Item[result][it.Severity]
}

// levelNow is the level of a risk item as it is.
func (r *report) levelNow(id string) string {
	it := r.a.Items[id]
	if it == nil || it.Result == assessment.Pass || it.Result == assessment.NotApplicable {
		return ""
	}
	if it.Level != "" {
		return it.Level
	}
	return r.level(id, it.Result)
}

// levelRank is the place of a level, higher is worse; -1 for no level.
func (r *report) levelRank(level string) int {
	return slices.IndexFunc(r.c.Policy.Levels.Names, func(n checklist.LevelName) bool { return n.Level == level })
}

// levelCell is a chip with a risk level.
func (r *report) levelCell(level string) cell {
	k := spreadsheet.Style{Size: 10, Bold: true, Align: spreadsheet.Centre, Wrap: true, Border: spreadsheet.WhiteBox, Quoted: true}
	if level == "" {
		return cell{style: textStyle.Centred()}
	}
	return text(r.w.Level(level), k.Filled(palette.RiskLevel(level)))
}

// levelAfterCell is a chip with the level of an item once all changes are made.
func (r *report) levelAfterCell(id string) cell {
	res := r.resultAfter(id)
	if res == assessment.Pass || res == assessment.NotApplicable {
		return text(palette.RiskResult(assessment.Pass).Glyph+" "+r.w.T("report.cleared"), textStyle.Centred().Muted())
	}
	if _, changed := r.after[id]; !changed {
		return r.levelCell(r.levelNow(id))
	}
	return r.levelCell(r.level(id, res))
}

// resultCell shows the result of an item with its glyph.
func (r *report) resultCell(id, result string, k spreadsheet.Style) cell {
	c := palette.RiskResult(result)
	if r.w.IsOpportunity(id) {
		c = palette.OpportunityResult(result)
	}
	k.Color = c.Text
	if c.Fill != "" {
		k.Fill = c.Fill
	}
	k.Bold = result == assessment.Fail && !r.w.IsOpportunity(id) || result == assessment.Concern && !r.w.IsOpportunity(id) || result == assessment.Unknown
	if c.Glyph == "" {
		return text(r.w.Result(id, result), k)
	}
	return text(c.Glyph+" "+r.w.Result(id, result), k)
}

// reason is the sentence that says why an item came to its result. The summary is
// built several times, and sentences are made with regular expressions.
func (r *report) reason(id string, it *assessment.Item) string {
	s, ok := r.reasons[id]
	if !ok {
		s = r.w.Reason(id, it)
		r.reasons[id] = s
	}
	return s
}

// clip keeps a text to what a page can show and says how long it is.
func (r *report) clip(s string) string {
	return shorten(spreadsheet.Clean(s), shownLimit, r.w.T("report.clipped"))
}

// describe sets what the workbook says of itself: headers, footers, properties.
func (r *report) describe(b *book) {
	title := r.title()
	b.header = r.w.T("report.header", "id", spreadsheet.Cut(r.a.Dataset.Identifier, 40), "title", spreadsheet.Cut(title, 70))
	b.footerLeft = r.o.Organisation
	b.footerCentre = r.w.T("report.footer", "digest", r.digest[:12], "version", r.a.Version.Policy)
	created := r.a.Date + "T00:00:00Z"
	b.core = excelize.DocProperties{
		Category:       r.w.T("report.record.typeValue"),
		ContentStatus:  r.w.T("report.stage." + stage(r.a.Stage)),
		Created:        created,
		Modified:       created,
		Creator:        spreadsheet.Clean(r.o.Organisation),
		LastModifiedBy: spreadsheet.Clean(r.a.Tool.Name),
		Description:    spreadsheet.Clean(r.w.OutcomeLabel(r.a.Outcome)),
		Identifier:     r.recordID(),
		Subject:        spreadsheet.Clean(r.record.Governance.RecordID),
		Title:          spreadsheet.Clean(r.w.T("report.record.titleValue", "title", title)),
		Language:       r.w.Lang,
		Version:        r.a.Version.Policy,
		Keywords:       spreadsheet.Clean(r.a.Dataset.Identifier),
		Revision:       "1",
	}
	b.company = spreadsheet.Clean(r.o.Organisation)
	b.custom = r.properties()
}

// stage is a stage for which there is a word.
func stage(s string) string {
	if s == "decision" {
		return s
	}
	return "draft"
}
