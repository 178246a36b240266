package engine

import (
	"puntari/internal/facts"
)

// tables are decision tables: results remembered by the facts that they rest on.
type tables struct{}

func newTables(*Engine) *tables { return nil }

func (t *tables) condition(*facts.Case, *condition) (asked, ok bool)       { return false, false }
func (t *tables) learnCondition(*facts.Case, *condition, bool)             {}
func (t *tables) item(*facts.Case, *list, int, []facts.State) (rows, bool) { return rows{}, false }
func (t *tables) learnItem(*facts.Case, *list, int, []facts.State, rows)   {}
