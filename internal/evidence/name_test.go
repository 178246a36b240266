package evidence

import (
	"testing"

	"puntari/internal/detect"
)

// TestNames masks headers that are data, alone or among the cells of a row that
// was not cut.
func TestNames(t *testing.T) {
	d := detect.New(detect.Words{Given: []string{"aino"}, Family: []string{"virtanen"}, Streets: []string{"katu"}})
	for header, masked := range map[string]bool{
		"Postinumero":                             false,
		"Asunnon koko (m2), 2024":                 false,
		"2026-11-01":                              false,
		"PM-10 pitoisuus":                         false,
		"131052-308T":                             true,
		"Aino Virtanen":                           true,
		"käyttäjä=131052-308T;ok":                 true,
		"192.0.2.17 GET /fi/ 200":                 true,
		"GET aino@posti.example ok":               true,
		"0b5c8c2f1d0a4e3f9a7b6c5d4e3f2a1b":        true,
		"ok 0b5c8c2f1d0a4e3f9a7b6c5d4e3f2a1b 200": true,
		"id 550e8400-e29b-41d4-a716-446655440000": true,
	} {
		got := names([]string{header}, d, func(int) bool { return false })[0]
		if got.Masked != masked || masked != (got.String() == "column_1") {
			t.Errorf("%q is shown as %q", header, got)
		}
	}
}
