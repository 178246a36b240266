package importer

import (
	"path"
	"strings"
)

// jkan reads the front matter of a page of a JKAN catalogue.
func (r *record) jkan(v value) {
	for _, o := range []origin{{"identifier", v.get("identifier").text()}, {"file name", pageName(r.im.file)}} {
		r.set("dataset.identifier", o.raw, o)
	}
	title := v.get("title").languages()
	for _, l := range []string{"et", "en", "fi", "sv"} {
		addLanguage(title, l, v.get("title_"+l).text())
	}
	r.languages(&r.Dataset.Dataset.Title, "dataset.title", title, "title")
	notes := v.get("notes").languages()
	for _, l := range []string{"et", "en", "fi", "sv"} {
		addLanguage(notes, l, v.get("notes_"+l).text())
	}
	r.languages(&r.Dataset.Dataset.Description, "dataset.description", notes, "notes")
	r.set("dataset.publisher.name", v.get("organization").text(), origin{"organization", v.get("organization").text()})
	r.email(v.get("maintainer_email").text(), "maintainer_email")
	r.set("maintenance.owner", v.get("maintainer").text(), origin{"maintainer", v.get("maintainer").text()})
	for _, name := range []string{"tags", "keywords"} {
		for _, s := range v.get(name).texts() {
			r.add("dataset.keyword", s, origin{name, s})
		}
	}
	for _, s := range v.get("category").texts() {
		r.theme(s, "category")
	}
	r.place(v.get("area_of_interest").text(), "area_of_interest")
	if s := v.get("time_period").text(); s != "" {
		if _, ok := date(s, false); ok || strings.Contains(s, "/") {
			r.interval(s, "time_period")
		}
	}
	r.frequency(v.get("update_freq", "update_frequency", "frequency").text(), "update_freq")
	r.modified(v.get("last_modified", "modified", "date_updated").text(), "modified")
	var list []distribution
	for _, e := range v.get("resources").list() {
		d := distribution{accessURL: origin{"resources.url", e.get("url").text()}}
		if s := e.get("format").text(); s != "" {
			d.formats = []origin{{"resources.format", s}}
			if code, m := fileFormatOf(s); m == dataFile && code != "" {
				d.downloadURL = d.accessURL
			}
		}
		list = append(list, d)
	}
	var licences []origin
	if s := v.get("license").text(); s != "" {
		licences = append(licences, origin{"license", s})
	}
	r.distributions(list, licences)
	if s := v.get("source").text(); s != "" {
		r.thirdParty(s, "", "source")
	}
}

// pageName is the name of a page without its folder and its extension. JKAN has
// no other identifier.
func pageName(file string) string {
	name := path.Base(strings.ReplaceAll(file, `\`, "/"))
	if name == "." || name == "-" || name == "/" {
		return ""
	}
	return strings.TrimSuffix(name, path.Ext(name))
}
