package descriptor

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"puntari/internal/checklist"
)

// A copy can be changed in every field without the original noticing.
func TestCloneIsIndependent(t *testing.T) {
	catalogue, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		src, problems := NewReader(catalogue).Read(name, bytes.NewReader(data))
		if src == nil {
			t.Fatal(name, problems)
		}
		d := src.Dataset
		want := string(d.Canonical())
		c := d.Clone()
		if got := string(c.Canonical()); got != want {
			t.Errorf("%s: the copy is %s, the original %s", name, got, want)
		}
		scribble(t, reflect.ValueOf(c).Elem())
		if string(c.Canonical()) == want {
			t.Errorf("%s: nothing was changed in the copy", name)
		}
		if got := string(d.Canonical()); got != want {
			t.Errorf("%s: after changing a copy the original is %s, was %s", name, got, want)
		}
		c = d.Clone()
		for i := range catalogue.Descriptor.Fields {
			path := catalogue.Descriptor.Fields[i].Path
			switch p := c.pointer(path).(type) {
			case nil:
			case *[]string:
				if err := c.Append(path, "changed"); err != nil {
					t.Error(err)
				}
				if err := c.Set(path, []any{"changed"}); err != nil || len(*p) != 1 {
					t.Error(path, *p, err)
				}
			case **string:
				if err := c.Set(path, "changed"); err != nil || **p != "changed" {
					t.Error(path, *p, err)
				}
			case **Number:
				if err := c.Set(path, 7); err != nil || (*p).Value != 7 {
					t.Error(path, *p, err)
				}
			}
		}
		for i := range c.Schema.Fields {
			if err := c.Schema.Fields[i].Set("name", "changed"); err != nil {
				t.Error(err)
			}
		}
		if got := string(d.Canonical()); got != want {
			t.Errorf("%s: after setting fields of a copy the original is %s, was %s", name, got, want)
		}
	}
}

// scribble replaces everything that can be reached without following a pointer
// to a single value, texts by language as a whole.
func scribble(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			scribble(t, v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			scribble(t, v.Index(i))
		}
	case reflect.Map:
		if v.Type() == reflect.TypeFor[LangText]() {
			v.Set(reflect.ValueOf(LangText{"und": "changed"}))
			return
		}
		for _, k := range v.MapKeys() {
			v.SetMapIndex(k, reflect.Zero(v.Type().Elem()))
		}
	case reflect.String:
		v.SetString("changed")
	case reflect.Pointer:
		v.SetZero()
	}
}
