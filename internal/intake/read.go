package intake

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/descriptor"
	"puntari/internal/intake/answer"
	"puntari/internal/intake/workbook"
)

// mostRows is how many rows a table may have.
const mostRows = 5000

// mostSlots is how many cells a question with several answers may have.
const mostSlots = 64

// MaxBytes is the size of the largest file that is read as a form.
const MaxBytes = workbook.MaxFile

// NotAForm is the code of the problem with a workbook that is no form.
const NotAForm = "form.not_a_form"

// Recognise tells whether a file may be a workbook by its first bytes.
func Recognise(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// Read reads a filled form. The name is shown in problems. Problems have the row
// and the column of the cell as their line and column, and the sheet and the cell
// among their parameters; [Format] puts them into words. The Source is nil only
// when nothing could be made of the file.
func (f *Form) Read(name string, r io.ReaderAt, size int64) (*descriptor.Source, []descriptor.Problem) {
	file, err := workbook.Open(r, size)
	if err != nil {
		return nil, []descriptor.Problem{fileProblem(name, err)}
	}
	x := &reading{
		form: f, file: file, name: name, given: doc{},
		places: map[string]place{}, lists: map[string]map[string]string{}, cells: map[string]map[workbook.Spot]workbook.Value{},
	}
	if p := x.identify(); p != nil {
		return nil, []descriptor.Problem{*p}
	}
	if err := x.load(); err != nil {
		return nil, []descriptor.Problem{fileProblem(name, err)}
	}
	return x.read()
}

// fileProblem is what is wrong with a file as a whole.
func fileProblem(name string, err error) descriptor.Problem {
	p := descriptor.Problem{File: name, Line: 1, Column: 1, Code: "form.not_a_workbook", Params: map[string]string{}, Severity: descriptor.SeverityError}
	switch {
	case errors.Is(err, workbook.ErrTooLarge):
		p.Code = "form.too_large"
	case errors.Is(err, workbook.ErrOpenDocument):
		p.Code = "form.open_document"
	}
	return p
}

// reading is one form on its way in.
type reading struct {
	form *Form
	file *workbook.File
	name string
	lang string
	// places are the cells of answers by their path.
	places map[string]place
	cells  map[string]map[workbook.Spot]workbook.Value
	// lists are the codes of the labels in the lists of the file.
	lists    map[string]map[string]string
	given    doc
	problems []descriptor.Problem
	absent   []string // labels of questions whose cells are not there
}

// identify finds out whether the workbook is a form, and in which language.
func (x *reading) identify() *descriptor.Problem {
	meta := map[string]string{}
	for _, name := range []string{formatCell, languageCell, descriptorCell} {
		a, ok := x.file.Named(name)
		if !ok {
			continue
		}
		at := workbook.Spot{Column: a.Column, Row: a.Row}
		cells, err := x.file.Cells(a.Sheet, func(s workbook.Spot) bool { return s == at })
		if err != nil {
			p := fileProblem(x.name, err)
			return &p
		}
		meta[name] = cells[at].Text
		x.places[name] = place{a.Sheet, at}
	}
	if meta[formatCell] != formatName {
		p := fileProblem(x.name, nil)
		p.Code = NotAForm
		return &p
	}
	x.lang = meta[languageCell]
	x.given["descriptorVersion"] = meta[descriptorCell]
	x.places["descriptorVersion"] = x.places[descriptorCell]
	return nil
}

// load reads the cells that answers and lists stand in, and no others.
func (x *reading) load() error {
	wanted := map[string][]workbook.Area{}
	for _, prefix := range []string{answerName, slotsName, emptyName, labelsName, codesName} {
		for _, name := range x.file.Names(prefix) {
			a, ok := x.file.Named(name)
			if !ok {
				continue
			}
			if strings.HasPrefix(name, slotsName+key(columnsList)) {
				a.End = 1 << 20 // what stands below the table is told about
			}
			wanted[a.Sheet] = append(wanted[a.Sheet], a)
		}
	}
	for sheet, areas := range wanted {
		cells, err := x.file.Cells(sheet, func(s workbook.Spot) bool {
			return slices.ContainsFunc(areas, func(a workbook.Area) bool { return a.Holds(s) })
		})
		if err != nil {
			return err
		}
		x.cells[sheet] = cells
	}
	for _, name := range x.file.Names(labelsName) {
		x.loadList(strings.TrimPrefix(name, labelsName))
	}
	return nil
}

// loadList reads the labels and codes of a list of the file.
func (x *reading) loadList(key string) {
	labels, ok1 := x.file.Named(labelsName + key)
	codes, ok2 := x.file.Named(codesName + key)
	if !ok1 || !ok2 || labels.Sheet != codes.Sheet {
		return
	}
	out := map[string]string{}
	cells := x.cells[labels.Sheet]
	for row := labels.Row; row <= min(labels.End, labels.Row+500); row++ {
		label := cells[workbook.Spot{Column: labels.Column, Row: row}].Text
		code := cells[workbook.Spot{Column: codes.Column, Row: row - labels.Row + codes.Row}].Text
		if label != "" && code != "" {
			out[answer.Fold(label)] = code
		}
	}
	x.lists[key] = out
}

// read reads the answers and has them checked like any descriptor.
func (x *reading) read() (*descriptor.Source, []descriptor.Problem) {
	for _, p := range x.form.pages {
		for _, s := range p.sections {
			for _, q := range s.questions {
				x.question(q)
			}
		}
	}
	if len(x.absent) > 0 {
		p := fileProblem(x.name, nil)
		p.Code, p.Severity = "form.questions_missing", descriptor.SeverityIncomplete
		p.Params["paths"] = strings.Join(x.absent, " ")
		x.problems = append(x.problems, p)
	}
	data, err := json.Marshal(x.given)
	if err != nil {
		return nil, []descriptor.Problem{fileProblem(x.name, err)}
	}
	source, found := x.form.reader.Read(x.name, bytes.NewReader(data))
	for _, p := range found {
		if !x.blamed(p.Path) {
			x.problems = append(x.problems, x.placed(p))
		}
	}
	x.sort()
	return source, x.problems
}

// question reads the answer to a question.
func (x *reading) question(q *question) {
	var v any
	var ok bool
	switch q.kind {
	case choices:
		v, ok = x.slots(q)
	case languages:
		v, ok = x.texts(q)
	case table:
		v, ok = x.table(q)
	default:
		a, found := x.file.Named(answerName + q.key)
		if !found {
			x.absent = append(x.absent, q.Path)
			return
		}
		v, ok = x.answer(q, q.Path, place{a.Sheet, workbook.Spot{Column: a.Column, Row: a.Row}})
	}
	if ok {
		x.given.set(q.Path, v)
	}
}

// answer reads one cell. It is false where nothing is said or what is said was
// refused.
func (x *reading) answer(q *question, path string, at place) (any, bool) {
	x.places[path] = at
	v, ok := x.cells[at.sheet][at.spot]
	if !ok {
		return nil, false
	}
	return x.decode(q, path, at, v)
}

// slots reads a question with several cells.
func (x *reading) slots(q *question) (any, bool) {
	var entries []string
	empty, found := false, false
	for i := 1; i <= mostSlots; i++ {
		a, ok := x.file.Named(answerName + q.key + "_" + strconv.Itoa(i))
		if !ok {
			continue
		}
		at := place{a.Sheet, workbook.Spot{Column: a.Column, Row: a.Row}}
		if !found {
			found = true
			x.places[q.Path] = at
		}
		v, ok := x.cells[at.sheet][at.spot]
		if !ok {
			continue
		}
		list, none, ok := x.entries(q, q.Path, at, v)
		if !ok {
			return nil, false
		}
		for range list {
			x.places[q.Path+"["+strconv.Itoa(len(entries))+"]"] = at
		}
		entries, empty = append(entries, list...), empty || none
		if empty && len(entries) > 0 {
			x.note(q.Path, at, "form.none_and_more", "none", x.noneLabel())
			return nil, false
		}
	}
	if !found {
		x.absent = append(x.absent, q.Path)
	}
	return orEmpty(entries), empty || len(entries) > 0
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// texts reads a question with a cell for each language.
func (x *reading) texts(q *question) (any, bool) {
	out := map[string]any{}
	prefix := answerName + q.key + "_"
	names := x.file.Names(prefix)
	if len(names) == 0 {
		x.absent = append(x.absent, q.Path)
	}
	for _, name := range names {
		a, ok := x.file.Named(name)
		if !ok {
			continue
		}
		at := place{a.Sheet, workbook.Spot{Column: a.Column, Row: a.Row}}
		lang := strings.ReplaceAll(strings.TrimPrefix(name, prefix), "_", "-")
		if _, ok := x.places[q.Path]; !ok || lang == x.lang {
			x.places[q.Path] = at
		}
		if s, ok := x.answer(q, q.Path+"."+lang, at); ok {
			out[lang] = s
		}
	}
	return out, len(out) > 0
}

// column is a column of a table in the file.
type column struct {
	*question
	lang string
	area workbook.Area
}

// table reads the rows of a table.
func (x *reading) table(q *question) (any, bool) {
	columns := x.columns(q)
	if len(columns) == 0 {
		x.absent = append(x.absent, q.Path)
		return nil, false
	}
	first := columns[0].area
	x.places[q.Path] = place{first.Sheet, workbook.Spot{Column: first.Column, Row: first.Row}}
	none := x.saysNone(q)
	rows, ok := x.rows(q, columns)
	if !ok {
		return nil, false
	}
	list := []any{}
	for _, row := range rows {
		path := q.Path + "[" + strconv.Itoa(len(list)) + "]"
		entry := map[string]any{}
		for _, c := range columns {
			at := place{c.area.Sheet, workbook.Spot{Column: c.area.Column, Row: row}}
			v, ok := x.answer(c.question, path+"."+c.Name(), at)
			switch {
			case ok && c.lang != "":
				texts, isMap := entry[c.Name()].(map[string]any)
				if !isMap {
					texts = map[string]any{}
					entry[c.Name()] = texts
				}
				texts[c.lang] = v
			case ok:
				entry[c.Name()] = v
			}
		}
		list = append(list, entry)
	}
	if none && len(list) > 0 {
		x.note(q.Path, x.places[q.Path], "form.none_and_more", "none", x.noneLabel())
		return nil, false
	}
	return list, none || len(list) > 0
}

// columns finds the columns of a table.
func (x *reading) columns(q *question) []column {
	var out []column
	for _, a := range q.attributes {
		name := slotsName + a.key
		if a.kind != languages {
			if area, ok := x.file.Named(name); ok {
				out = append(out, column{a, "", area})
			}
			continue
		}
		for _, n := range x.file.Names(name + "_") {
			if area, ok := x.file.Named(n); ok {
				out = append(out, column{a, strings.ReplaceAll(strings.TrimPrefix(n, name+"_"), "_", "-"), area})
			}
		}
	}
	return out
}

// saysNone tells whether a table is said to be empty.
func (x *reading) saysNone(q *question) bool {
	a, ok := x.file.Named(emptyName + q.key)
	if !ok {
		return false
	}
	at := place{a.Sheet, workbook.Spot{Column: a.Column, Row: a.Row}}
	x.places[q.Path] = at
	v, ok := x.cells[at.sheet][at.spot]
	if !ok || strings.TrimSpace(v.Text) == "" {
		return false
	}
	if !x.isNone(v.Text) {
		x.note(q.Path, at, "form.table_none", "found", v.Text, "none", x.noneLabel())
		return false
	}
	return true
}

// rows are the rows of a table in which something stands.
func (x *reading) rows(q *question, columns []column) ([]int, bool) {
	seen := map[int]bool{}
	below := 0
	for _, c := range columns {
		for at, v := range x.cells[c.area.Sheet] {
			if at.Column != c.area.Column || at.Row < c.area.Row || strings.TrimSpace(v.Text) == "" && !v.Formula {
				continue
			}
			if at.Row <= c.area.End {
				seen[at.Row] = true
			} else if q.Path == columnsList && (below == 0 || at.Row < below) {
				below = at.Row
			}
		}
	}
	if below > 0 {
		a := columns[0].area
		x.note(q.Path, place{a.Sheet, workbook.Spot{Column: a.Column, Row: below}}, "form.outside")
	}
	if len(seen) > mostRows {
		x.note(q.Path, x.places[q.Path], "form.too_many_rows", "limit", strconv.Itoa(mostRows))
		return nil, false
	}
	rows := make([]int, 0, len(seen))
	for row := range seen {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	return rows, true
}

// sort puts the problems in the order of the form: those of the whole file first.
func (x *reading) sort() {
	order := map[string]int{}
	for i, p := range x.form.pages {
		for _, s := range p.sections {
			for _, q := range s.questions {
				if at, ok := x.places[q.Path]; ok && order[at.sheet] == 0 {
					order[at.sheet] = i + 1
				}
			}
		}
	}
	slices.SortStableFunc(x.problems, func(a, b descriptor.Problem) int {
		return cmp.Or(cmp.Compare(order[a.Params["sheet"]], order[b.Params["sheet"]]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
