"""The addresses of logging in and out, and of managing people and keys."""

from django.urls import path

from accounts.views import contacts, duty, keys, login, offices, people, second_factor, session, walls

app_name = "accounts"
urlpatterns = [
    path("login/", login.login_page, name="login"),
    path("logout/", login.logout_page, name="logout"),
    path("session/", session.session, name="session"),
    path("office/", login.office_page, name="switch_office"),
    path("password/", login.password_page, name="password"),
    path("login/code/", second_factor.code_page, name="code"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("keys/", keys.keys, name="keys"),
    path("keys/new/", keys.new_key, name="new_key"),
    path("keys/<int:pk>/revoke/", keys.revoke, name="revoke_key"),
    path("keys/<int:pk>/networks/", keys.bind, name="bind_key"),
    path("walls/", walls.walls, name="walls"),
    path("walls/new/", walls.new_wall, name="new_wall"),
    path("walls/<int:pk>/revoke/", walls.revoke_wall, name="revoke_wall"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/offices/", offices.grant, name="grant_office"),
    path("people/<int:pk>/<slug:act>/", people.person_act, name="person_act"),
    path("offices/<int:pk>/end/", offices.end, name="end_office"),
    path("offices/<int:pk>/manager/", offices.manage, name="manage_office"),
    path("duty/", duty.rosters, name="rosters"),
    path("duty/<slug:code>/", duty.roster, name="roster"),
    path("duty/<slug:code>/shifts/", duty.new_shift, name="new_shift"),
    path("duty/<slug:code>/table/", duty.new_table, name="new_table"),
    path("duty/<slug:code>/contacts/", contacts.new_contact, name="new_contact"),
    path("shifts/<int:pk>/end/", duty.end, name="end_shift"),
    path("contacts/<int:pk>/code/", contacts.contact_code, name="contact_code"),
    path("contacts/<int:pk>/resend/", contacts.resend_code, name="resend_code"),
    path("contacts/<int:pk>/remove/", contacts.remove, name="remove_contact"),
]
