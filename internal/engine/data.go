package engine

import (
	"encoding/json"
	"fmt"

	"puntari/internal/checklist"
)

// Data are the documents that policies read besides their input: the parameters
// and what the decision needs to know of the items.
func Data(c *checklist.Catalogue) map[string]any {
	items := map[string]any{}
	for _, it := range c.Risk.Items {
		items[it.ID] = map[string]any{"theme": it.Theme, "severity": json.Number(fmt.Sprint(it.Severity)), "hardStop": it.HardStop, "procedural": it.Procedural}
	}
	return map[string]any{"params": params(c), "risk": items}
}
