package descriptor

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// encoded is what encoding/json makes of a descriptor, by which its canonical form
// is defined.
func encoded(t testing.TB, d *Dataset) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// chance fills descriptors at random, with a share of the fields given.
type chance struct {
	*rand.Rand
	share float64
}

var oddTexts = []string{
	"", "unknown", "yes", "2026-02-28", "2026-02-30", "Ääkköset & <b>merkit</b>", "\u2028\u2029", "\xff\xc3", "\x00\x1f\x7f\t\n\r\b\f", `"\/`,
	"https://example.org/a?b=c#d", "https://", "http://example.org/%zz", "a@b.fi", "a@b", "P1D", "P", "🌍", "\ufffd",
}

var oddNumbers = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 100, 412, 1e15, 1 << 53, 1<<53 + 2, 1e21, 1e300, -1e-7, math.SmallestNonzeroFloat64, math.MaxFloat64}

func (c *chance) text() string { return oddTexts[c.IntN(len(oddTexts))] }

func (c *chance) value(depth int) any {
	switch n := c.IntN(9); {
	case n == 0:
		return nil
	case n == 1:
		return oddNumbers[c.IntN(len(oddNumbers))]
	case n == 2:
		return c.IntN(2) == 0
	case n == 3:
		return []string{c.text()}
	case n == 4 && depth < 3:
		list := []any{}
		for range c.IntN(3) {
			list = append(list, c.value(depth+1))
		}
		return list
	case n == 5 && depth < 3:
		return c.values(depth + 1)
	}
	return c.text()
}

func (c *chance) values(depth int) map[string]any {
	m := map[string]any{}
	for range c.IntN(3) {
		m[c.text()] = c.value(depth)
	}
	return m
}

// fill lays values into v.
func (c *chance) fill(v reflect.Value) {
	if v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[Number]() {
		for i := range v.NumField() {
			c.fill(v.Field(i))
		}
		return
	}
	if c.Float64() > c.share {
		return
	}
	switch p := v.Addr().Interface().(type) {
	case **string:
		*p = new(c.text())
	case **Number:
		*p = &Number{Value: oddNumbers[c.IntN(len(oddNumbers))], Unknown: c.IntN(8) == 0}
	case *[]string:
		*p = []string{}
		for range c.IntN(3) {
			*p = append(*p, c.text())
		}
	case *LangText:
		*p = LangText{}
		for range c.IntN(3) {
			(*p)[c.text()] = c.text()
		}
	case *map[string]any:
		*p = c.values(0)
	default:
		n := c.IntN(3)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			c.fill(v.Index(i))
		}
	}
}

// TestCanonicalIsEncodingJSON compares the generated writer with encoding/json on
// descriptors that no steward would write.
func TestCanonicalIsEncodingJSON(t *testing.T) {
	c := &chance{Rand: rand.New(rand.NewPCG(1, 2))}
	for i := range 3000 {
		c.share = float64(i%11) / 10
		if i%3 == 0 {
			c.share /= 50
		}
		d := &Dataset{}
		c.fill(reflect.ValueOf(d).Elem())
		if got, want := string(d.Canonical()), encoded(t, d); got != want {
			t.Fatalf("%d:\ngot  %s\nwant %s", i, got, want)
		}
	}
}
