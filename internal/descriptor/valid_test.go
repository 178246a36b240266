package descriptor

import (
	"fmt"
	"math/rand/v2"
	neturl "net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

// leaves calls fn with every field of a descriptor that holds values, lists with
// one entry, and its validate tag.
func leaves(v reflect.Value, fn func(v reflect.Value, tag string)) {
	for i := range v.NumField() {
		f, tag := v.Field(i), v.Type().Field(i).Tag.Get("validate")
		switch {
		case f.Kind() == reflect.Struct:
			leaves(f, fn)
		case f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Struct:
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
			switch p := f.Index(0).Addr().Interface().(type) {
			case *Column:
				p.Name = new("a")
			case *Measure:
				p.Code = new("M01")
			}
			leaves(f.Index(0), fn)
		default:
			fn(f, tag)
		}
	}
}

// put lays a text or a number into a field, if it is of that kind.
func put(v reflect.Value, text string, number float64) {
	switch p := v.Addr().Interface().(type) {
	case **string:
		*p = &text
	case **Number:
		*p = &Number{Value: number}
	case *[]string:
		*p = []string{text, text}
	case *LangText:
		*p = LangText{"fi": text}
	}
}

func minimal() *Dataset {
	d := &Dataset{DescriptorVersion: new("1.0")}
	d.Dataset.Identifier, d.Dataset.Title = new("x"), LangText{"fi": "x"}
	return d
}

var oneOf = regexp.MustCompile(`oneof=([^,]*)`)

// words are texts of which some fit the tag of a field.
func words(tag string) []string {
	if m := oneOf.FindStringSubmatch(tag); m != nil {
		return strings.Fields(m[1])
	}
	return []string{"1.0", "2026-02-28", "https://example.org/a?b#c", "mailto:a@b.fi", "P1Y2M", "name.name@post.example.fi", "o'hara@example.org", "a@b-.fi", "a@b.c1", "a..b@c.fi", "Aa1@b1.fi"}
}

// TestValidAsksNoLess lays all values that count, and odd ones, into one field
// after the other: what the generated check lets pass, the validator does. Apart
// from addresses of mail both refuse the same.
func TestValidAsksNoLess(t *testing.T) {
	r, d := newTestReader(t), minimal()
	leaves(reflect.ValueOf(d).Elem(), func(v reflect.Value, tag string) {
		was := reflect.ValueOf(v.Interface())
		try := func() {
			err := r.validate.Struct(d)
			if got := d.valid(); got != (err == nil) && (got || tag != "omitempty,email") {
				t.Errorf("%s, %v: %v, and the validator says %v", tag, reflect.Indirect(v), got, err)
			}
		}
		v.SetZero()
		try()
		for _, text := range append(words(tag), oddTexts...) {
			put(v, text, oddNumbers[len(text)%len(oddNumbers)])
			try()
		}
		if tag != "" && strings.Contains(tag, "te=") {
			for _, n := range oddNumbers {
				put(v, "", n)
				try()
			}
			v.Set(reflect.ValueOf(&Number{Unknown: true}))
			try()
		}
		v.Set(was)
	})
	if !d.valid() {
		t.Error("a descriptor in order is refused")
	}
}

// TestValidAgrees does the same with descriptors that have many values of which
// hardly any is wrong.
func TestValidAgrees(t *testing.T) {
	r, c := newTestReader(t), &chance{Rand: rand.New(rand.NewPCG(3, 4))}
	found := map[bool]int{}
	for range 400 {
		d := minimal()
		leaves(reflect.ValueOf(d).Elem(), func(v reflect.Value, tag string) {
			switch n := c.IntN(1000); {
			case n == 0:
				put(v, c.text(), -0.5)
			case n < 500 && oneOf.MatchString(tag):
				options := words(tag)
				put(v, options[c.IntN(len(options))], 0)
			case n < 500 && v.Type() == reflect.TypeFor[*Number]():
				put(v, "", 1)
			}
		})
		err := r.validate.Struct(d)
		got := d.valid()
		if got != (err == nil) {
			t.Errorf("%v, and the validator says %v\n%s", got, err, d.Canonical())
		}
		found[got]++
	}
	if found[true] < 50 || found[false] < 50 {
		t.Errorf("%d in order, %d not", found[true], found[false])
	}
}

// TestPlainForms holds what is told at a glance to what takes longer.
func TestPlainForms(t *testing.T) {
	c := &chance{Rand: rand.New(rand.NewPCG(9, 10))}
	dates, urls := 0, 0
	for range 20000 {
		date := fmt.Sprintf("%04d-%02d-%02d", c.IntN(10000), c.IntN(14), c.IntN(33))
		url := "https://"
		for range c.IntN(6) {
			url += []string{"a", "Z", "0", ".", "-", "/", "//", "..", "example.org"}[c.IntN(9)]
		}
		if n := c.IntN(30); n < len(date) { // a sign changed
			date = date[:n] + string("0-/ x\xff"[c.IntN(6)]) + date[n+1:]
			url = url[:c.IntN(len(url))] + string(rune("%:@ [?_ä"[c.IntN(8)])) + "a"
		}
		if isPlainDate(date) {
			dates++
			if _, err := time.Parse(time.DateOnly, date); err != nil {
				t.Error(err)
			}
		}
		if isPlainURL(url) {
			urls++
			if _, err := neturl.ParseRequestURI(url); err != nil {
				t.Error(err)
			}
		}
	}
	if dates < 5000 || urls < 5000 {
		t.Errorf("%d dates, %d addresses", dates, urls)
	}
}
