package xlsx

import (
	"slices"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// matrixRows are the results that put a risk item on the matrix, the likeliest
// first, with the likelihood that the policy gives them.
var matrixRows = []struct {
	result     string
	likelihood int
}{{assessment.Fail, 4}, {assessment.Unknown, 3}, {assessment.Concern, 2}}

// matrix is the sheet with the risk items by likelihood and severity, as they are
// and once all changes are made.
func (r *report) matrix() *sheet {
	s := r.newSheet("matrix")
	s.landscape, s.onePage = true, true
	severities := r.severities()
	s.columns = []column{{width: 38}}
	for range severities {
		s.columns = append(s.columns, column{width: matrixWidth})
	}
	s.columns = append(s.columns, column{width: 2.5})
	for range severities {
		s.columns = append(s.columns, column{width: matrixWidth})
	}
	s.head(r.sheetName("matrix"), r.w.T("report.matrix.about"), r.back())
	n := len(severities)
	wide := func(left, right string, k spreadsheet.Style) []cell {
		cells := make([]cell, len(s.columns))
		cells[1], cells[2+n] = text(left, k), text(right, k)
		return cells
	}
	s.add(row{cells: wide(r.w.T("report.matrix.now"), r.w.T("report.matrix.after"), sectionStyle), height: 22})
	axis := make([]cell, len(s.columns))
	axis[0] = text(r.w.T("report.matrix.axes"), spreadsheet.Style{Size: 9, Color: palette.Muted, Align: spreadsheet.Right, Wrap: true, Indent: 1, Quoted: true})
	for i, sev := range severities {
		label := text(strconv.Itoa(sev)+"  "+r.w.T("report.severity."+strconv.Itoa(sev)), spreadsheet.Style{Size: 9, Color: palette.Muted, Align: spreadsheet.Centre, Wrap: true, Quoted: true})
		axis[1+i], axis[2+n+i] = label, label
	}
	s.add(row{cells: axis, least: 18})
	now := func(id string) string { return r.a.Items[id].Result }
	for _, m := range matrixRows {
		cells := make([]cell, len(s.columns))
		label := palette.RiskResult(m.result).Glyph + " " + r.resultWord(m.result) + "\n" + r.w.T("report.matrix.likelihood", "n", strconv.Itoa(m.likelihood))
		cells[0] = text(label, spreadsheet.Style{Size: 10, Color: palette.Ink, Align: spreadsheet.Right, Wrap: true, Indent: 1, Quoted: true})
		for i, sev := range severities {
			cells[1+i] = r.matrixCell(m.result, sev, now)
			cells[2+n+i] = r.matrixCell(m.result, sev, r.resultAfter)
		}
		s.add(row{cells: cells, least: 54})
	}
	note := spreadsheet.Style{Size: 9, Color: palette.Muted, Quoted: true}
	cleared := r.clearedBy()
	cells := make([]cell, len(s.columns))
	cells[2+n] = text(r.w.N("report.matrix.cleared", cleared), note)
	s.add(row{cells: cells, height: 16})
	s.space(8)
	r.themeTable(s, severities)
	return s
}

// matrixWidth is the width of a column of the matrix.
const matrixWidth = 17

// packed puts names on lines that fit a column, so that no name is broken.
func packed(names []string, gap string, k spreadsheet.Style, width float64) string {
	var lines []string
	line := ""
	k.Size = max(k.Size, 10.5) // the texts may be enlarged for print
	for _, n := range names {
		longer := line + gap + n
		if line != "" && spreadsheet.Pixels(longer, k) > 7*width-16 {
			lines, line = append(lines, strings.TrimRight(line+gap, " ")), n
			continue
		}
		if line == "" {
			longer = n
		}
		line = longer
	}
	return strings.Join(append(lines, line), "\n")
}

// resultWord is the word for a result of a risk item.
func (r *report) resultWord(result string) string {
	if len(r.c.Risk.Items) == 0 {
		return result
	}
	return r.w.Result(r.c.Risk.Items[0].ID, result)
}

// severities are the severities that risk items have, the lowest first.
func (r *report) severities() []int {
	var out []int
	for i := range r.c.Risk.Items {
		if v := r.c.Risk.Items[i].Severity; !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}

// clearedBy is how many items the changes take off the matrix.
func (r *report) clearedBy() int {
	n := 0
	for i := range r.c.Risk.Items {
		id := r.c.Risk.Items[i].ID
		if r.levelNow(id) != "" {
			if res := r.resultAfter(id); res == assessment.Pass || res == assessment.NotApplicable {
				n++
			}
		}
	}
	return n
}

// matrixCell shows how many items have a result and a severity, and which.
func (r *report) matrixCell(result string, severity int, resultOf func(id string) string) cell {
	var ids []string
	for i := range r.c.Risk.Items {
		item := &r.c.Risk.Items[i]
		if r.a.Items[item.ID] != nil && item.Severity == severity && resultOf(item.ID) == result {
			ids = append(ids, item.ID)
		}
	}
	level := r.c.Policy.Levels.Item[result][severity]
	k := spreadsheet.Style{Size: 8.5, Align: spreadsheet.Centre, Wrap: true, Border: spreadsheet.WhiteBox, Quoted: true}.Filled(palette.RiskLevel(level))
	if k.Fill == "" {
		k.Fill = palette.Mist
	}
	if len(ids) == 0 {
		return text(r.w.Level(level), k.Sized(8))
	}
	count := strconv.Itoa(len(ids))
	var names []string
	for _, id := range ids {
		names = append(names, short(id))
	}
	tail := "\n" + packed(names, "  ", k, matrixWidth)
	c := text(count+"\n"+tail[1:], k)
	c.runs = []run{{count, 14, true}, {tail, 8.5, false}}
	return c
}

// themeTable counts the same by theme.
func (r *report) themeTable(s *sheet, severities []int) {
	n := len(severities)
	heads := []string{assessment.Fail, assessment.Unknown, assessment.Concern}
	s.add(row{cells: []cell{text(r.w.T("report.matrix.byTheme"), sectionStyle)}, height: 22})
	header := make([]cell, len(s.columns))
	header[0] = text(r.w.T("report.column.theme"), headerStyle)
	for i := range n {
		title := r.w.T("report.column.level")
		if i < len(heads) {
			title = palette.RiskResult(heads[i]).Glyph + " " + r.resultWord(heads[i])
		}
		if i < len(heads)+1 {
			header[1+i], header[2+n+i] = text(title, headerStyle.Centred()), text(title, headerStyle.Centred())
		}
	}
	s.add(row{cells: header, least: 18})
	for _, theme := range r.c.Risk.Themes {
		cells := make([]cell, len(s.columns))
		first := ""
		for i := range r.c.Risk.Items {
			if r.c.Risk.Items[i].Theme == theme.Code {
				first = r.c.Risk.Items[i].ID
				break
			}
		}
		cells[0] = linked(theme.Title.In(r.w.Lang), "item:"+first, textStyle)
		for side, resultOf := range []func(string) string{func(id string) string { return r.a.Items[id].Result }, r.resultAfter} {
			col := 1 + side*(n+1)
			worst := ""
			for i, res := range heads {
				count := 0
				for j := range r.c.Risk.Items {
					item := &r.c.Risk.Items[j]
					if item.Theme != theme.Code || r.a.Items[item.ID] == nil || resultOf(item.ID) != res {
						continue
					}
					count++
					if l := r.c.Policy.Levels.Item[res][item.Severity]; r.levelRank(l) > r.levelRank(worst) {
						worst = l
					}
				}
				k := textStyle.Centred()
				if count == 0 {
					cells[col+i] = text("·", k.Muted())
					continue
				}
				v := float64(count)
				cells[col+i] = cell{number: &v, style: k.InBold()}
			}
			if n > len(heads) {
				cells[col+len(heads)] = r.levelCell(worst)
			}
		}
		s.add(row{cells: cells})
	}
}
