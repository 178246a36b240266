package xlsx

import (
	"sort"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// guide is the sheet that tells how to work with the report: steps, signs,
// outcomes, parameters and the sources that the findings cite.
func (r *report) guide() *sheet {
	s := r.newSheet("guide")
	s.columns = []column{{width: 26}, {width: 20}, {width: 84}}
	s.head(r.sheetName("guide"), r.w.T("report.guide.about"), r.back())
	block := func(key string) {
		s.space(8)
		s.add(row{cells: s.fill([]cell{text(r.w.T("report.guide."+key), sectionStyle.Bordered(spreadsheet.Heading))}, sectionStyle.Bordered(spreadsheet.Heading)), height: 22})
	}
	entry := func(a, b cell, c string) {
		s.add(row{cells: []cell{a, b, text(c, textStyle)}, least: 18})
	}
	blank := cell{style: textStyle}

	s.add(row{cells: s.fill([]cell{text(r.w.T("report.guide.steps"), sectionStyle.Bordered(spreadsheet.Heading))}, sectionStyle.Bordered(spreadsheet.Heading)), height: 22})
	for i, code := range []string{"summary", "risk", "opportunity", "evidence", "changes", "signOff", "record"} {
		entry(linked(r.sheetName(code), sheetAnchor(code), textStyle), text(strconv.Itoa(i+1), textStyle.Centred()), r.w.T("report.guide.step."+code))
	}
	block("results")
	for _, res := range []string{assessment.Fail, assessment.Concern, assessment.Unknown, assessment.Pass, assessment.NotApplicable} {
		entry(r.resultCell("", res, textStyle), blank, r.w.T("report.guide.result."+res))
	}
	block("levels")
	for i := len(r.c.Policy.Levels.Names) - 1; i >= 0; i-- {
		n := r.c.Policy.Levels.Names[i]
		score := text(r.w.Level(n.Level), textStyle.Centred().Bordered(spreadsheet.WhiteBox).Filled(palette.ScoreLevel(n.Level)))
		entry(r.levelCell(n.Level), score, r.w.T("report.guide.level", "from", strconv.Itoa(n.From)))
	}
	block("outcomes")
	for _, o := range r.c.Policy.Outcomes {
		look := palette.Outcome(o.Code)
		entry(text(look.Glyph+" "+o.Label.In(r.w.Lang), textStyle.InBold().Filled(look)), blank, o.Meaning.In(r.w.Lang))
	}
	block("stops")
	for _, h := range r.c.Policy.HardStops {
		entry(text(palette.Stop+" "+h.Title.In(r.w.Lang), textStyle.InBold()), text(h.Code, textStyle.Centred()), h.Why.In(r.w.Lang)+"\n"+r.w.T("report.summary.law", "law", r.w.StopLaw(h.Code)))
	}
	// What everybody reads first fits on one page; the numbers begin the next.
	s.newPage = s.next() + 1
	block("parameters")
	var names []string
	for k := range r.c.Policy.Params {
		names = append(names, k)
	}
	sort.Strings(names)
	for _, k := range names {
		p := r.c.Policy.Params[k]
		v := p.Value
		if used, ok := r.a.Params[k]; ok {
			v = used
		}
		c := cell{style: textStyle.Centred().InBold(), number: &v}
		entry(text(p.Label.In(r.w.Lang), textStyle), c, p.Meaning.In(r.w.Lang)+" "+p.Basis.In(r.w.Lang))
	}
	r.sources(s, block)
	return s
}

func sheetAnchor(code string) string {
	if code == "summary" {
		return code
	}
	return "sheet:" + code
}

// sources lists the laws and judgments that findings and hard stops cite.
func (r *report) sources(s *sheet, block func(string)) {
	cited := map[string]bool{}
	for _, id := range r.findings() {
		for _, ref := range r.w.References(id, r.a.Items[id]) {
			cited[ref.Source] = true
		}
	}
	var codes []string
	for code := range cited {
		if src, ok := r.c.Sources[code]; ok && (src.Kind == "law" || src.Kind == "case_law") {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		return
	}
	sort.Slice(codes, func(i, j int) bool {
		a, b := r.c.Sources[codes[i]].Short.In(r.w.Lang), r.c.Sources[codes[j]].Short.In(r.w.Lang)
		if a != b {
			return a < b
		}
		return codes[i] < codes[j]
	})
	block("sources")
	for _, code := range codes {
		src := r.c.Sources[code]
		from := ""
		if src.ValidFrom != "" {
			from = r.w.T("report.guide.since", "date", src.ValidFrom)
		}
		title := src.Title.In(r.w.Lang)
		if src.Number != "" && !strings.Contains(title, src.Number) {
			title += ", " + src.Number
		}
		if src.Dates == "recalled" {
			title += " *"
		}
		s.add(row{least: 18, cells: []cell{text(src.Short.In(r.w.Lang), textStyle.InBold()), linked(strings.TrimSpace("► "+from), src.URI, textStyle), text(title, textStyle)}})
	}
	s.add(row{cells: []cell{text(r.w.T("report.guide.star"), spreadsheet.Style{Size: 9, Color: palette.Muted, Quoted: true})}, height: 16})
}
