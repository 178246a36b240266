package intake

import (
	"math"
	"strconv"
	"strings"
	"time"

	"puntari/internal/descriptor"
	"puntari/internal/intake/answer"
	"puntari/internal/intake/workbook"
)

// decode turns what a cell holds into the value of a descriptor: texts, as they
// would stand in YAML, and lists and maps of them. It is false where the cell
// says nothing or was refused.
func (x *reading) decode(q *question, path string, at place, v workbook.Value) (any, bool) {
	if v.Failed || v.Formula && v.Text == "" {
		x.note(path, at, "form.formula", "found", v.Text)
		return nil, false
	}
	if strings.TrimSpace(v.Text) == "" {
		return nil, false
	}
	switch q.kind {
	case choices, texts:
		list, none, ok := x.entries(q, path, at, v)
		if ok && none && len(list) > 0 {
			x.note(path, at, "form.none_and_more", "none", x.noneLabel())
			ok = false
		}
		return orEmpty(list), ok && (none || len(list) > 0)
	case choice:
		return x.choose(q, path, at, v)
	case details:
		d, err := parseDetails(v.Text)
		if err != nil {
			x.note(path, at, "form.details")
			return nil, false
		}
		return d, true
	}
	s := written(v)
	if x.isUnknown(s) {
		return descriptor.Unknown, true
	}
	switch q.kind {
	case number:
		s = answer.Number(s)
	case date:
		s = x.day(v, s)
	}
	return s, true
}

// written is the text of a cell; a number that people see as 1250000 is stored as
// 1.25E6 by some programs.
func written(v workbook.Value) string {
	switch {
	case v.Truth:
		return strconv.FormatBool(v.Text == "1")
	case v.Number:
		if n, err := strconv.ParseFloat(v.Text, 64); err == nil {
			return plain(n)
		}
	}
	return v.Text
}

// entries reads several entries of one cell: with semicolons, or one a line. None
// tells that the cell says that there are none.
func (x *reading) entries(q *question, path string, at place, v workbook.Value) (list []string, none, ok bool) {
	if v.Failed || v.Formula && v.Text == "" {
		x.note(path, at, "form.formula", "found", v.Text)
		return nil, false, false
	}
	s, sep := written(v), ";"
	if strings.Contains(s, "\n") {
		sep = "\n"
	}
	for part := range strings.SplitSeq(s, sep) {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case x.isNone(part):
			none = true
		case q.words == nil && x.isUnknown(part):
			list = append(list, descriptor.Unknown)
		case q.words == nil:
			list = append(list, part)
		default:
			code, fine := x.code(q, path, at, part)
			if !fine {
				return nil, false, false
			}
			list = append(list, code)
		}
	}
	return list, none, true
}

// choose reads the choice from a list.
func (x *reading) choose(q *question, path string, at place, v workbook.Value) (any, bool) {
	s := strings.TrimSpace(v.Text)
	if v.Truth && q.words.key == triKey {
		s = map[bool]string{true: "yes", false: "no"}[v.Text == "1"]
	}
	code, ok := x.code(q, path, at, s)
	return code, ok
}

// code is the code of a label: as the catalogue has it in any language, else as
// the lists of the file have it.
func (x *reading) code(q *question, path string, at place, s string) (string, bool) {
	if s == "UNKNOWN" { // the EU's own code, for which there is no label
		return s, true
	}
	code, known := q.words.code(s, x.lang)
	other, listed := x.lists[q.words.key][answer.Fold(s)]
	switch {
	case known && listed && other != code:
		x.note(path, at, "form.list_changed", "found", s)
		return "", false
	case known:
		return code, true
	case listed && q.words.has(other):
		return other, true
	case q.free:
		return s, true
	}
	x.note(path, at, "form.not_in_list", "found", s)
	return "", false
}

// has tells whether the list has a code.
func (v *vocabulary) has(code string) bool {
	for _, o := range v.options {
		if o.code == code && code != nothing {
			return true
		}
	}
	return false
}

// means tells whether a text is one of the program's in any language.
func (x *reading) means(s, key string) bool {
	s = answer.Fold(s)
	for _, label := range x.form.catalogue.Messages[key] {
		if answer.Fold(label) == s {
			return true
		}
	}
	return false
}

func (x *reading) isNone(s string) bool { return x.means(s, "form.none") }

func (x *reading) isUnknown(s string) bool {
	return answer.Fold(s) == descriptor.Unknown || x.means(s, "common.unknown")
}

func (x *reading) noneLabel() string { return x.form.catalogue.Messages["form.none"].In(x.lang) }

// day is a day as it stands in a descriptor. A number is a day as Excel counts
// them, unless it looks like a year.
func (x *reading) day(v workbook.Value, s string) string {
	if v.Number {
		n, err := strconv.ParseFloat(v.Text, 64)
		if x.file.Days1904 {
			n += 1462
		}
		if err == nil && n >= firstDay && n <= lastDay && (n < 1800 || n > 2200) {
			return epoch.AddDate(0, 0, int(math.Floor(n))).Format(time.DateOnly)
		}
		return s
	}
	return answer.Day(s)
}
