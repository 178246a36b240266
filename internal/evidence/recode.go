package evidence

import (
	"bytes"
	"slices"
	"strconv"

	"puntari/internal/checklist"
	"puntari/internal/detect"
)

// recodersOf are the recodings that can be made on a column value by value.
func (m *measurement) recodersOf(c *Column) []*recoder {
	var out []*recoder
	for i := range m.rules.Recodings {
		if r := &m.rules.Recodings[i]; m.applies(r, c) && r.Does != "merge" && r.Does != "drop" {
			out = append(out, newRecoder(r))
		}
	}
	return out
}

// applies tells whether a recoding is one for a column.
func (m *measurement) applies(r *checklist.Recoding, c *Column) bool {
	if len(r.Attributes) > 0 && !slices.Contains(r.Attributes, c.Attribute.text) {
		return false
	}
	switch r.Of {
	case "any":
		return true
	case "date":
		return c.Type == TypeDate || c.Type == TypeDateTime || c.Type == TypeYearMonth && r.Does == "year"
	case "integer":
		return c.Type == TypeInteger || c.Type == TypeYear
	case "coordinate":
		return c.Attribute.text == "coordinate" && c.Type == TypeNumber
	case "postal_code":
		return c.Attribute.text == "postal_code" || slices.ContainsFunc(c.Findings, func(f Finding) bool {
			return f.Kind == detect.PostalCode && f.Verdict == Is
		})
	}
	return false
}

// coarser is a value after a recoding. A blank, and what does not have the form
// that the recoding expects, stay what they are.
func coarser(v []byte, r *checklist.Recoding) []byte {
	if len(v) == 0 {
		return v
	}
	switch r.Does {
	case "month":
		if year, month, ok := yearMonth(v); ok {
			return strconv.AppendInt(append(strconv.AppendInt(nil, int64(year), 10), '-'), int64(month), 10)
		}
	case "year":
		if year, _, ok := yearMonth(v); ok {
			return strconv.AppendInt(nil, int64(band(year, max(1, r.By))), 10)
		}
	case "band":
		if n, err := strconv.Atoi(string(v)); err == nil {
			return strconv.AppendInt(nil, int64(band(n, max(1, r.By))), 10)
		}
	case "prefix":
		return v[:min(len(v), r.By)]
	case "decimals":
		if i := bytes.IndexAny(v, ".,"); i >= 0 {
			return v[:min(len(v), i+1+r.By)]
		}
	}
	return v
}

// band is the lower end of the band of a number.
func band(n, width int) int {
	if n < 0 {
		return -((-n + width - 1) / width) * width
	}
	return n / width * width
}

// yearMonth reads the year and the month of a date in any of the forms that
// package detect knows. A date with slashes has its month where only one of the
// numbers can be one; otherwise the first number is taken.
func yearMonth(v []byte) (year, month int, ok bool) {
	x := valueOf(v)
	if x.Compact {
		month, err := strconv.Atoi(string(v[4:6]))
		return x.Year, month, err == nil
	}
	if x.Type != detect.Date && x.Type != detect.DateTime {
		return 0, 0, false
	}
	if x.Precision < detect.Month {
		return x.Year, 0, true
	}
	parts := bytes.FieldsFunc(v, func(r rune) bool { return r < '0' || r > '9' })
	n := func(i int) int { k, _ := strconv.Atoi(string(parts[i])); return k }
	switch {
	case len(parts) < 2:
		return x.Year, 0, true
	case len(parts[0]) == 4:
		return x.Year, n(1), true
	case bytes.IndexByte(v, '/') > 0 && n(0) <= 12:
		return x.Year, n(0), true
	}
	return x.Year, n(1), true
}
