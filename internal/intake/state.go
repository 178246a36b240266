package intake

import (
	"fmt"
	"strings"

	"puntari/internal/descriptor"
)

// state is how a question stands.
type state uint8

const (
	done     state = iota
	unknown        // answered with "not known"
	missing        // asked of everybody, and not answered
	open           // matters, and is not answered
	optional       // not asked of anybody
	idle           // does not matter after the answers so far
)

// key is the message that names the state.
func (s state) message() string {
	return "form.state." + [...]string{"done", "unknown", "missing", "open", "optional", "idle"}[s]
}

// stateOf is how a question stands with what is given.
func (x *writer) stateOf(q *question) state {
	v := x.given.at(q.Path)
	switch {
	case v == descriptor.Unknown:
		return unknown
	case v != nil:
		return done
	}
	return x.blank(q)
}

// blank is how a question stands that is not answered.
func (x *writer) blank(q *question) state {
	switch rule := x.gates.Of(q.Path); {
	case q.Required || q.Essential:
		return missing
	case q.AskWhen == "never" || q.AskWhen == "":
		return optional
	case rule != "" && !x.gates.Holds(rule, x):
		return idle
	}
	return open
}

// Codes, Rows and Row show the answers as the formulas of the form see them.
func (x *writer) Codes(field string) (codes []string, open, unsure bool) {
	return seen(x.given.at(field))
}

// Rows is the number of rows of a table.
func (x *writer) Rows(list string) (n int, open bool) {
	rows, ok := x.given.rows(list)
	return len(rows), !ok || list == columnsList && len(rows) == 0
}

// Row is a cell of a table. One that holds several entries is none that a formula
// can tell apart.
func (x *writer) Row(list string, row int, field string) (codes []string, open, unsure bool) {
	rows, _ := x.given.rows(list)
	v := rows[row][field[strings.LastIndexByte(field, '.')+1:]]
	if v == nil {
		return nil, true, false
	}
	codes, open, unsure = seen(v)
	return codes, false, unsure || open || len(codes) > 1
}

func seen(v any) (codes []string, open, unsure bool) {
	switch v := v.(type) {
	case nil:
		return nil, true, false
	case []any:
		for _, e := range v {
			codes = append(codes, fmt.Sprint(e))
			unsure = unsure || e == descriptor.Unknown
		}
		return codes, false, unsure
	}
	return []string{fmt.Sprint(v)}, v == descriptor.Unknown, false
}
