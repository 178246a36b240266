package xlsx

import (
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/palette"
	"puntari/internal/report/xlsx/phrase"
	"puntari/internal/spreadsheet"
)

// value is the sheet of value, readiness and risk: both scores with their
// intervals and themes, and where the dataset stands.
func (r *report) value() *sheet {
	s := r.newSheet("value")
	s.landscape, s.onePage = true, true
	t := func(key string) string { return r.w.T("report.column." + key) }
	s.columns = []column{
		{width: 36, title: t("score")}, {width: 9, title: t("weight"), centred: true}, {width: 9, title: t("low"), centred: true}, {width: 9, title: t("high"), centred: true},
		{width: 31, title: t("bar")}, {width: 13, title: t("scoreLevel"), centred: true}, {width: 3}, {width: 14}, {width: 14}, {width: 14}, {width: 14}, {width: 14},
	}
	s.head(r.sheetName("value"), r.w.T("report.value.about"), r.back())
	header := make([]cell, 6)
	for i := range header {
		k := headerStyle
		if s.columns[i].centred {
			k = k.Centred()
		}
		header[i] = text(s.columns[i].title, k)
	}
	top := s.add(row{cells: header, least: 20})
	for _, g := range r.c.Opportunity.Groups {
		score, level := r.a.Value, r.a.ValueLevel
		if g.Code != "VALUE" {
			score, level = r.a.Readiness, r.a.ReadinessLevel
		}
		k := textStyle.InBold().Bordered(spreadsheet.ThemeTop)
		s.add(row{cells: r.scoreRow(g.Title.In(r.w.Lang), "", score, level, k), least: 24})
		for _, th := range r.c.Opportunity.Themes {
			if th.Group != g.Code {
				continue
			}
			i, ok := r.a.Themes[th.Code]
			if !ok {
				cells := s.fill([]cell{text("    "+th.Title.In(r.w.Lang), textStyle)}, textStyle)[:6]
				cells[1] = text(r.w.Number(th.Weight), textStyle.Centred().Muted())
				cells[4] = text(r.w.T("report.value.none"), textStyle.Muted())
				s.add(row{cells: cells, least: 18})
				continue
			}
			s.add(row{cells: r.scoreRow("    "+th.Title.In(r.w.Lang), r.w.Number(th.Weight), i, "", textStyle), least: 18})
		}
	}
	s.space(8)
	note := spreadsheet.Style{Size: 9, Color: palette.Muted, Quoted: true}
	for _, line := range strings.Split(r.w.T("report.value.reading")+"\n"+r.w.T("report.value.star"), "\n") {
		s.add(row{cells: []cell{text(line, note)}, height: 14})
	}
	s.space(8)
	r.points(s)
	for s.next() < top+26 {
		s.space(15)
	}
	s.chart = r.quadrant(top, s.next()-1)
	return s
}

// scoreRow shows a score as numbers, as a bar of text and as a level.
func (r *report) scoreRow(title, weight string, i assessment.Interval, level string, k spreadsheet.Style) []cell {
	low, high := float64(i.Low), float64(i.High)
	chip := cell{style: k.Centred()}
	if level != "" {
		chip = text(r.w.Level(level), k.Centred().Filled(palette.ScoreLevel(level)))
	}
	bar := k
	bar.Color, bar.Bold, bar.Size = palette.Denim, false, 9
	bar.Wrap = false
	return []cell{
		text(title, k), text(weight, k.Centred().Muted()), {number: &low, style: k.Centred()}, {number: &high, style: k.Centred()},
		text(scoreBar(i), bar), chip,
	}
}

// scoreBar draws a score with twenty characters: what is certain, what is
// possible, the rest.
func scoreBar(i assessment.Interval) string {
	low, high := (i.Low+2)/5, (i.High+2)/5
	if i.High > i.Low && high == low {
		high = min(20, low+1)
	}
	return strings.Repeat("█", low) + strings.Repeat("▒", high-low) + strings.Repeat("░", 20-high)
}

// points is the table of what the chart shows.
func (r *report) points(s *sheet) {
	header := make([]cell, 6)
	for i, key := range []string{"point", "", "low", "high", "", "level"} {
		header[i] = cell{style: headerStyle}
		if key != "" {
			k := headerStyle
			if i > 0 {
				k = k.Centred()
			}
			header[i] = text(r.w.T("report.column."+key), k)
		}
	}
	s.add(row{cells: header, least: 18})
	add := func(name, level string) {
		low, high := float64(r.a.Value.Low), float64(r.a.Value.High)
		k := textStyle
		s.add(row{cells: []cell{
			text(name, k.InBold()), {style: k}, {number: &low, style: k.Centred()}, {number: &high, style: k.Centred()},
			text(r.w.T("report.value.point", "value", phrase.Interval(r.a.Value), "risk", strings.ToLower(r.w.Level(level))), k), r.levelCell(level),
		}, least: 18})
	}
	add(r.w.T("report.matrix.now"), r.a.RiskLevel)
	if r.plannedLevel() != "" {
		add(r.w.T("report.value.planned"), r.plannedLevel())
	}
}

// plannedLevel is the risk level with the planned measures made, "" without any.
func (r *report) plannedLevel() string {
	if r.a.WhatIf.Outcome == nil {
		return ""
	}
	return r.a.WhatIf.RiskLevel
}

// quadrant is the chart of value against risk.
func (r *report) quadrant(fromRow, toRow int) *chart {
	var levels []string
	for _, n := range r.c.Policy.Levels.Names {
		levels = append(levels, phrase.Capital(n.Label.In(r.w.Lang)))
	}
	alt := r.w.T("report.value.alt", "value", phrase.Interval(r.a.Value), "risk", strings.ToLower(r.w.Level(r.a.RiskLevel)))
	c := &chart{
		fromCol: 8, fromRow: fromRow, toCol: 13, toRow: toRow + 1,
		alt: alt, xTitle: r.w.T("report.value.xAxis"), yTitle: r.w.T("report.value.yAxis"), levels: levels,
		limit: 2.5, low: r.w.T("report.value.asIs"), high: r.w.T("report.value.measures"),
	}
	for _, n := range r.c.Policy.Levels.Names {
		c.bands = append(c.bands, float64(n.From))
	}
	c.points = append(c.points, point{r.w.T("report.matrix.now"), float64(r.levelRank(r.a.RiskLevel) + 1), float64(r.a.Value.Low), float64(r.a.Value.High), palette.Rust, "diamond"})
	if l := r.plannedLevel(); l != "" {
		p := point{r.w.T("report.value.planned"), float64(r.levelRank(l) + 1), float64(r.a.Value.Low), float64(r.a.Value.High), palette.Deep, "circle"}
		if l == r.a.RiskLevel {
			c.points[0].name += " = " + strings.ToLower(p.name)
		} else {
			c.points = append(c.points, p)
		}
	}
	return c
}
