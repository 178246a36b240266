package importer

import (
	"regexp"
	"strings"
	"time"
)

var isoDate = regexp.MustCompile(`^([+-]?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:$|[T ]|[Zz+])`)

// date is the day of a date or a time as ISO 8601 and catalogues write it. A
// year or a month alone is its first day, or its last if end; ok is false for
// anything else.
func date(raw string, end bool) (day string, ok bool) {
	day, precision := dateAndPrecision(raw, end)
	return day, precision > 0
}

// day is a date that the source gives to the day.
func day(raw string) (string, bool) {
	d, precision := dateAndPrecision(raw, false)
	return d, precision == 3
}

// dateAndPrecision also tells how much of the date is given: 1 the year, 2 the
// month too, 3 all of it, 0 nothing.
func dateAndPrecision(raw string, end bool) (day string, precision int) {
	s := strings.TrimSpace(raw)
	m := isoDate.FindStringSubmatch(s)
	if m == nil {
		for _, layout := range []string{"2.1.2006", "2-1-2006", "2006/01/02", "20060102"} {
			if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
				return t.Format(time.DateOnly), 3
			}
		}
		return "", 0
	}
	precision = 3
	text := m[1]
	switch {
	case m[2] == "":
		precision, text = 1, text+"-01-01"
	case m[3] == "":
		precision, text = 2, text+"-"+m[2]+"-01"
	default:
		text += "-" + m[2] + "-" + m[3]
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() <= 0 {
		return "", 0
	}
	if end {
		switch precision {
		case 1:
			t = t.AddDate(1, 0, -1)
		case 2:
			t = t.AddDate(0, 1, -1)
		}
	}
	return t.Format(time.DateOnly), precision
}

// modified reads when the dataset was last changed.
func (r *record) modified(raw, property string) {
	if raw == "" {
		return
	}
	if d, ok := day(raw); ok {
		r.set("dataset.modified", d, origin{property, raw})
		return
	}
	if _, isFrequency := isoInterval(strings.ToLower(raw)); !isFrequency { // data.json allows "R/P1D" here
		r.note(codeValue, origin{property, raw})
	}
}

// period reads which time the data covers.
func (r *record) period(start, end, property string) {
	for _, b := range []struct {
		path, raw string
		end       bool
	}{{"dataset.temporalStart", start, false}, {"dataset.temporalEnd", end, true}} {
		if strings.TrimSpace(b.raw) == "" || b.raw == ".." {
			continue
		}
		if d, ok := date(b.raw, b.end); ok {
			r.set(b.path, d, origin{property, b.raw})
		} else {
			r.note(codeValue, origin{property, b.raw})
		}
	}
}

// interval reads a period written as one text, "2015-01-01/2015-12-31" or a year.
func (r *record) interval(raw, property string) {
	if raw = strings.TrimSpace(raw); raw == "" {
		return
	}
	start, end, both := strings.Cut(raw, "/")
	switch {
	case both && strings.HasPrefix(end, "P"):
		r.period(start, "", property)
	case both:
		r.period(start, end, property)
	default:
		r.period(raw, raw, property)
	}
}
